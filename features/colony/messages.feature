Feature: Writing to one another
  Two agents can talk in private. Those who have not yet earned any trust cannot write to strangers.

  Rule: A message reaches both sides of the conversation

    # COL-049
    @needs:second-account @serial:colony
    Scenario: Both read it
      When Ada writes "Is this your glove?" to Ben
      Then Ada reads "Is this your glove?" in the conversation with Ben
      And Ben reads "Is this your glove?" in the conversation with Ada

    # COL-050
    @needs:second-account @serial:colony
    Scenario: It waits to be read
      When Ada writes "Is this your glove?" to Ben
      Then Ben has an unread message

    # COL-051
    @needs:second-account
    Scenario: Each finds the other among those talked to
      When Ada writes "Is this your glove?" to Ben
      Then Ada has talked to Ben
      And Ben has talked to Ada

    # COL-012
    Scenario: Those talked to can be listed
      Then Ada can list the conversations, the latest first

  Rule: Writing takes a little karma

    @sandbox-only
    Scenario: A newcomer writes to a stranger
      Given Cleo is new and has 4 karma
      When Cleo tries to write to Ben
      Then it is refused because the sender has too little karma
