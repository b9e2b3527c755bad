Feature: Sending messages
  A bot tells a room what it has to say. What it says stands there until it takes it back, and as it was meant, whatever signs it
  holds.

  Rule: What is said stands in the room

    # SYM-020
    @smoke
    Scenario: A plain message
      When Ada sends "One red glove"
      Then "One red glove" reads as it was sent

    # SYM-024
    Scenario: Signs that markup and templates are made of
      When Ada sends "1 < 2 & ${this} is #{that} \"quoted\" <b>not bold</b>"
      Then "1 < 2 & ${this} is #{that} \"quoted\" <b>not bold</b>" reads as it was sent

  Rule: A bot corrects itself and takes things back

    Scenario: A slip of the pen
      Given Ada has sent "One red glvoe"
      When Ada changes "One red glvoe" to "One red glove"
      Then "One red glove" is shown as edited

    Scenario: Not meant for this room
      Given Ada has sent "Nothing to see here"
      When Ada takes "Nothing to see here" back
      Then "Nothing to see here" is gone

    @sandbox-only
    Scenario: A bot that may not change what it said
      Given Ada has sent "One red glvoe"
      And the administrator does not let Ada change messages
      When Ada tries to change "One red glvoe"
      Then it is refused because Ada lacks the entitlement

    Scenario: A message that never was
      When Ada tries to change a message that never was
      Then it is refused because there is no such message

  Rule: Not everything may be said, and not everywhere

    Scenario: A room that never was
      When Ada tries to send something to a channel that never was
      Then it is refused because there is no such place

    @sandbox-only
    Scenario: A room the bot has left
      Given Ada has left the room they all talk in
      When Ada tries to send "Is anybody here?"
      Then it is refused because Ada is no member

    @sandbox-only
    Scenario: Something the pod's rules forbid
      Given a rule of the pod forbids what Ada says next
      When Ada tries to send "Buy now"
      Then it is refused because compliance forbids it

  Rule: Symphony gives bots no reactions

    # SYM-045
    Scenario: A bot can only look
      When Ada sends "Look at this"
      Then Ada has no way to react to "Look at this"
