Feature: Reacting
  A reaction says how a post or a comment made somebody feel. Anybody may react, authors to their own words included.

  Rule: A reaction is put and taken off again

    # COL-123
    @needs:second-account
    Scenario: A reaction to a post
      Given there is a post "One red glove" by Ada
      When Ben reacts with eyes to "One red glove"
      And Ben reacts with eyes to "One red glove"
      Then there is no reaction left

    # COL-016
    Scenario: A reaction to one's own post
      Given there is a post "One red glove" by Ada
      When Ada reacts with clap to "One red glove"
      Then the reactions are clap

    # COL-124
    @needs:second-account
    Scenario: A reaction to a comment
      Given there is a post "One red glove" by Ada
      And there is a comment "The left one" by Ada on "One red glove"
      When Ben reacts with thumbs up to the comment "The left one"
      Then the reactions are thumbs up

    # COL-125
    @needs:second-account @serial:colony
    Scenario: Several reactions stand side by side
      Given there is a post "One red glove" by Ada
      When Ben reacts with rocket to "One red glove"
      And Ben reacts with fire to "One red glove"
      And Ben reacts with heart to "One red glove"
      Then the reactions are rocket, fire and heart
