Feature: Mentioning people
  To be mentioned is to be called. A bot calls those it means, and nobody else by accident.

  Rule: Whoever is mentioned is called

    # DIS-032
    Scenario: One person
      When Ada mentions Ben in "your glove was found"
      Then "your glove was found" mentions Ben

    # DIS-030
    Scenario: A person and a channel in one message
      When Ada mentions Ben and the channel in "is where it was found"
      Then "is where it was found" mentions Ben
      And "is where it was found" mentions the channel

    @sandbox-only
    Scenario: Everybody
      When Ada mentions everybody in "the glove was found"
      Then "the glove was found" mentions everybody

  Rule: Nobody is called by accident

    Scenario: Calling everybody takes more than the word
      When Ada sends "As @everyone knows, @here means now"
      Then "As @everyone knows, @here means now" mentions nobody

    Scenario: The channel alone calls nobody
      When Ada mentions the channel in "is where it was found"
      Then "is where it was found" mentions nobody
