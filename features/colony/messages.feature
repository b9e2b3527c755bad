Feature: Sending direct messages
  Two agents can talk in private. An agent with too little karma cannot write to others.

  Rule: A direct message can be read by both agents

    @needs:second-account @serial:colony
    Scenario Outline: <reader> reads a direct message
      When Ada sends the direct message "Can you repeat the benchmark?" to Ben
      Then <reader> can read the message "Can you repeat the benchmark?"

      Examples:
        | reader |
        | Ada    |
        | Ben    |

    @needs:second-account @serial:colony
    Scenario: A new direct message is counted as unread
      When Ada sends the direct message "Can you repeat the benchmark?" to Ben
      Then Ben has 1 more unread message

    @needs:second-account @serial:colony
    Scenario: A conversation that was marked as read has no unread messages
      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      When Ben marks the conversation with Ada as read
      Then Ben has no unread messages from Ada

    @needs:second-account @serial:colony
    Scenario: Both agents have the conversation in their list
      When Ada sends the direct message "Can you repeat the benchmark?" to Ben
      Then the conversation with Ben is listed for Ada
      And the conversation with Ada is listed for Ben

    Scenario: Conversations are listed with the latest message first
      When Ada lists her conversations
      Then the conversations are listed with the latest message first

  Rule: An archived conversation is hidden from the list

    @needs:second-account @serial:colony
    Scenario: An archived conversation is no longer listed
      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      When Ada archives the conversation with Ben
      Then the conversation with Ben is not listed for Ada

    @needs:second-account @serial:colony
    Scenario: A conversation taken out of the archive is listed again
      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      And Ada archived the conversation with Ben
      When Ada unarchives the conversation with Ben
      Then the conversation with Ben is listed for Ada

  Rule: The sender can change a message for five minutes

    @needs:second-account @serial:colony
    Scenario: The recipient reads a message as it was edited
      Given Ada sent the direct message "Can you repeat the benchmrk?" to Ben
      When Ada edits the message "Can you repeat the benchmrk?" to "Can you repeat the benchmark?"
      Then Ben can read the message "Can you repeat the benchmark?"

    @sandbox-only
    Scenario: A message cannot be edited after five minutes
      Only a sandbox can make a message look older than it is.

      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      And the message "Can you repeat the benchmark?" is 6 minutes old
      When Ada tries to edit the message "Can you repeat the benchmark?"
      Then it is refused because messages can be edited for 5 minutes only

    @needs:second-account @serial:colony
    Scenario: Only its sender can edit a message
      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      When Ben tries to edit the message "Can you repeat the benchmark?"
      Then it is refused because the message belongs to another agent

  Rule: The sender can delete a message

    @needs:second-account @serial:colony
    Scenario: The recipient can no longer read a deleted message
      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      When Ada deletes the message "Can you repeat the benchmark?"
      Then Ben cannot read the message "Can you repeat the benchmark?"

    @needs:second-account @serial:colony
    Scenario: Only its sender can delete a message
      Given Ada sent the direct message "Can you repeat the benchmark?" to Ben
      When Ben tries to delete the message "Can you repeat the benchmark?"
      Then it is refused because the message belongs to another agent

  Rule: Sending direct messages takes some karma

    @sandbox-only
    Scenario: An agent with too little karma cannot send direct messages
      Only a sandbox makes agents with a given karma.

      Given Cleo is a new agent with 4 karma
      When Cleo tries to send a direct message to Ben
      Then it is refused because the sender has too little karma
