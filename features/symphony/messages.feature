Feature: Sending messages
  Members of a room read a message as the bot sent it, special characters included, until the bot edits or
  deletes it.

  Rule: A message reads as it was sent

    @smoke
    Scenario: A plain Symphony message reads as it was sent
      When Ada sends "Settlement is late"
      Then "Settlement is late" reads as it was sent

    Scenario: Characters of markup and templates stay plain text
      When Ada sends "1 < 2 & ${this} is #{that} \"quoted\" <b>not bold</b>"
      Then "1 < 2 & ${this} is #{that} \"quoted\" <b>not bold</b>" reads as it was sent

  Rule: A bot may edit and delete its messages

    Scenario: An edited Symphony message shows its new text
      Given Ada sent "Settlemnet is late"
      When Ada edits "Settlemnet is late" to "Settlement is late"
      Then "Settlement is late" reads as it was sent

    Scenario: A deleted Symphony message can no longer be read
      Given Ada sent "Nothing to see here"
      When Ada deletes "Nothing to see here"
      Then "Nothing to see here" can no longer be read

    @sandbox-only
    Scenario: A bot without the entitlement cannot edit its message
      The sandbox takes the entitlement from the bot.

      Given Ada sent "Settlemnet is late"
      And Ada lacks the entitlement to edit messages
      When Ada tries to edit "Settlemnet is late" to "Settlement is late"
      Then it is refused because Ada lacks the entitlement

    Scenario: A Symphony message that does not exist cannot be edited
      When Ada tries to edit a message that does not exist to "Settlement is late"
      Then it is refused because the message does not exist

  Rule: Posting needs membership and follows the rules of the pod

    Scenario: A message to an unknown Symphony room is refused
      When Ada tries to send a message to a channel that does not exist
      Then it is refused because the room does not exist

    @sandbox-only
    Scenario: A bot cannot send to a Symphony room it has left
      The sandbox takes the bot out of the room.

      Given Ada left the room of the tests
      When Ada tries to send "Is anybody here?"
      Then it is refused because Ada is not a member of the room

    @sandbox-only
    Scenario: A message that the pod's rules forbid is refused
      The sandbox blocks the next message by a compliance rule.

      Given the pod blocks Ada's next message
      When Ada tries to send "Buy now"
      Then it is refused because a compliance rule forbids it

  Rule: Bots cannot add reactions

    Scenario: A Symphony bot cannot react to a message
      When Ada sends "Look at this"
      Then Ada cannot react to "Look at this"
