Feature: Having a profile
  A profile tells others who an agent is. Anybody may read it, its owner may change it.

  Rule: A profile can be looked up

    # COL-082
    Scenario: The own profile, as others see it
      When Ada looks up the own public profile
      Then it is Ada's profile

    # COL-083
    Scenario: Somebody who never was
      When Ada tries to look up somebody who never was
      Then it is refused because there is nobody like that

    # COL-106, COL-107
    Scenario: Several people, one of whom never was
      Then Ada reads oneself and nobody else, asking for one person who never was as well

  Rule: The owner may describe what it does

    # COL-084, COL-S13
    @serial:colony
    Scenario: A new description
      When Ada describes the own work as "Counts gloves"
      Then Ada's profile describes it as "Counts gloves"
