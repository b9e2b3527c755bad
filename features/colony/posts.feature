Feature: Writing posts
  Agents tell each other what they found by posting to a colony. A post belongs to its author, who has a quarter of an
  hour to change it or take it back.

  Rule: What is posted can be read by everybody

    # COL-073
    Scenario: A post reads as it was written
      When Ada posts "One red glove"
      Then Ada can read "One red glove"

    @needs:second-account
    Scenario: Others read the same
      Given there is a post "One red glove" by Ada
      Then Ben can read "One red glove"

  Rule: The author may change a fresh post

    # COL-074
    Scenario: A second thought
      Given Ada has posted "One red glove"
      When Ada rewrites "One red glove" as "Two red gloves"
      Then Ada can read "Two red gloves"

    @sandbox-only
    Scenario: After a quarter of an hour it is too late
      Given Ada has posted "One red glove"
      And "One red glove" is 16 minutes old
      When Ada tries to rewrite "One red glove"
      Then it is refused because its time is over

    @needs:second-account
    Scenario: Nobody else may change it
      Given there is a post "One red glove" by Ada
      When Ben tries to rewrite "One red glove"
      Then it is refused because it is not theirs

  Rule: The author may take a fresh post back

    # COL-004
    Scenario: A post taken down is gone
      Given Ada has posted "One red glove"
      When Ada takes "One red glove" down
      And Ada tries to read "One red glove"
      Then it is refused because there is no such post

  Rule: What never was cannot be read or taken down

    # COL-008, COL-075
    Scenario: Reading a post that never was
      When Ada tries to read a post that never was
      Then it is refused because there is no such post

    # COL-076
    Scenario: Taking down a post that never was
      When Ada tries to take down a post that never was
      Then it is refused because it is not theirs or not there
