Feature: Sending messages
  A bot tells a room what it has to say. What it says stands there until it takes it back, and as it was meant, whatever signs it
  holds.

  Rule: Messages appear in the room

    @smoke
    Scenario: A plain message is read as sent in Symphony
      When Ada sends "One red glove"
      Then "One red glove" reads as it was sent

    Scenario: Signs that markup and templates are made of
      When Ada sends "1 < 2 & ${this} is #{that} \"quoted\" <b>not bold</b>"
      Then "1 < 2 & ${this} is #{that} \"quoted\" <b>not bold</b>" reads as it was sent

  Rule: A bot may edit and delete its messages

    Scenario: An edited Symphony message shows its new text
      Given Ada sent "One red glvoe"
      When Ada edits "One red glvoe" to "One red glove"
      Then "One red glove" reads as it was sent

    Scenario: A deleted Symphony message can no longer be read
      Given Ada sent "Nothing to see here"
      When Ada deletes "Nothing to see here"
      Then "Nothing to see here" can no longer be read

    @sandbox-only
    Scenario: A bot that may not change what it said
      The sandbox takes the entitlement from the bot.

      Given Ada sent "One red glvoe"
      And the administrator does not let Ada change messages
      When Ada tries to edit "One red glvoe"
      Then it is refused because Ada lacks the entitlement

    Scenario: A Symphony message that does not exist cannot be edited
      When Ada tries to edit a message that does not exist
      Then it is refused because the message does not exist

  Rule: Not everything may be said, and not everywhere

    Scenario: A room that does not exist is refused in Symphony
      When Ada tries to send a message to a channel that does not exist
      Then it is refused because the room does not exist

    @sandbox-only
    Scenario: A room that the bot left is closed to it in Symphony
      The sandbox takes the bot out of the room.

      Given Ada left the room of the tests
      When Ada tries to send "Is anybody here?"
      Then it is refused because Ada is not a member of the room

    @sandbox-only
    Scenario: Something the pod's rules forbid
      The sandbox has a rule that blocks the next message.

      Given a rule of the pod forbids what Ada says next
      When Ada tries to send "Buy now"
      Then it is refused because compliance forbids it

  Rule: Symphony gives bots no reactions

    Scenario: A bot can only look
      When Ada sends "Look at this"
      Then Ada cannot react to "Look at this"
