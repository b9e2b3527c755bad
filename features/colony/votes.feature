Feature: Voting
  Votes say how much a post or a comment is worth to others. Nobody votes on what they wrote themselves.

  Rule: Others vote a post or a comment up or down

    # COL-118
    @needs:second-account
    Scenario: A vote up
      Given Ada has posted "One red glove"
      When Ben votes up "One red glove"
      Then Ada sees the score of "One red glove" moved by 1

    # COL-119
    @needs:second-account
    Scenario: A change of mind
      Given Ada has posted "Two red gloves"
      And Ben votes up "Two red gloves"
      When Ben votes down "Two red gloves"
      Then Ada sees the score of "Two red gloves" moved by -1

    # COL-122
    @needs:second-account
    Scenario: A vote on a comment
      Given there is a post "One red glove" by Ada
      And there is a comment "The left one" by Ada on "One red glove"
      When Ben votes up the comment "The left one"
      Then Ada sees the score of the comment "The left one" moved by 1

    # COL-D07
    @needs:second-account
    Scenario: The same vote again changes nothing
      Given there is a post "One red glove" by Ada
      And there is a comment "The left one" by Ada on "One red glove"
      And Ben votes up the comment "The left one"
      When Ben votes up the comment "The left one"
      Then Ada sees the score of the comment "The left one" moved by 1

  Rule: Only others, and only up or down

    # COL-120
    Scenario: One's own post
      Given there is a post "One red glove" by Ada
      When Ada tries to vote up "One red glove"
      Then it is refused because the post is their own

    # COL-121
    @needs:second-account
    Scenario Outline: A vote of <points>
      Given there is a post "One red glove" by Ada
      When Ben tries to vote "One red glove" with <points> points
      Then it is refused because only +1 and -1 are votes

      Examples:
        | points |
        | 0      |
        | 99     |
        | -2     |
