Feature: Opening and closing rooms
  A bot opens a room of its own for each matter, and closes it when the matter is settled.

  Rule: A room belongs to whoever opens it

    Scenario: A new room is private and owned by Ada
      When Ada opens the room "Lost gloves"
      Then the room "Lost gloves" is open, can be found, and belongs to Ada

    Scenario: A message can be sent in a new room
      Given Ada opened the room "Lost gloves"
      When Ada sends "Welcome" in the room "Lost gloves"
      Then "Welcome" reads as it was sent

  Rule: A closed room is silent

    Scenario: A deactivated room is shown as closed
      Given Ada opened the room "Lost gloves"
      When Ada closes the room "Lost gloves"
      Then the room "Lost gloves" is closed

    Scenario: A closed room takes no messages
      Given Ada opened the room "Lost gloves"
      And Ada closed the room "Lost gloves"
      When Ada tries to send "One more thing" in the room "Lost gloves"
      Then it is refused because the room is closed

  Rule: Rooms keep to the rules of the pod

    Scenario: A name that is taken, but for case and blanks
      Given Ada opened the room "Lost gloves"
      When Ada tries to open a room named like "Lost gloves"
      Then it is refused because the name is taken

    Scenario: A room name over the maximum is refused
      When Ada tries to open a room with too long a name
      Then it is refused because the name is too long

    Scenario: A public room that hides its past
      When Ada tries to open a public room that hides its past
      Then it is refused because a public room shows its past

    @sandbox-only
    Scenario: A bot that may not open rooms
      The sandbox takes the entitlement from the bot.

      Given the administrator does not let Ada open rooms
      When Ada tries to open the room "Lost gloves"
      Then it is refused because Ada lacks the entitlement
