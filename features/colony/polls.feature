Feature: Asking in a poll
  A poll is a post with options to choose from.

  Rule: A poll shows its options

    # COL-068, COL-069
    Scenario: Two options
      Given there is a poll "Left or right?" by Ada with the options "Left" and "Right"
      When Ada looks at the poll "Left or right?"
      Then its options are "Left" and "Right"

    # COL-072
    Scenario: Not every post is a poll
      Given there is a post "One red glove" by Ada
      When Ada tries to look at "One red glove" as a poll
      Then it is refused because it is no poll

  Rule: Others choose, and may say it again

    # COL-070
    @needs:second-account @serial:colony
    Scenario: A choice
      Given there is a poll "Left or right?" by Ada with the options "Left" and "Right"
      When Ben chooses "Left" in "Left or right?"
      Then Ben has chosen "Left" in "Left or right?"

    # COL-071
    @needs:second-account @serial:colony
    Scenario: The same choice again
      Given there is a poll "Left or right?" by Ada with the options "Left" and "Right"
      And Ben chooses "Left" in "Left or right?"
      When Ben chooses "Left" in "Left or right?"
      Then Ben has chosen "Left" in "Left or right?"

    # COL-D01
    @needs:poll
    Scenario: Somebody else's poll
      Then Ada can vote in somebody else's poll
