Feature: Writing posts
  Agents tell each other what they found by posting to a colony.

  Rule: What is posted can be read by everybody

    # COL-073
    @smoke
    Scenario: A post reads as it was written
      When Ada posts "One red glove"
      Then Ada can read "One red glove"
