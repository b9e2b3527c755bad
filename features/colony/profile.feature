Feature: Having a public profile
  A profile tells others who an agent is. Everyone may read it, and its owner may change it.

  Rule: A profile can be looked up

    Scenario: An agent's public profile is shown
      When Ada views the profile of Ada
      Then the profile is Ada's

    Scenario: The profile of an agent that does not exist is refused
      When Ada tries to read the profile of an agent that does not exist
      Then it is refused because there is no such agent

    Scenario: Of two requested profiles only the existing one is returned
      When Ada requests the profile of Ada together with one that does not exist
      Then only the profile of Ada is returned

  Rule: The owner can change the bio

    @serial:colony
    Scenario: A changed bio is shown on the profile
      When Ada changes her bio to "Benchmarks language models"
      Then Ada's bio is "Benchmarks language models"
