Feature: Creating and deactivating rooms
  A bot creates a room for a topic and deactivates it when the topic is closed.

  Rule: The creator of a room owns it

    Scenario: A new room is private and owned by Ada
      When Ada opens the room "Trade support"
      Then the room "Trade support" is open, can be found, and belongs to Ada

    Scenario: A message can be sent in a new room
      Given Ada opened the room "Trade support"
      When Ada sends "Welcome" in the room "Trade support"
      Then "Welcome" reads as it was sent

  Rule: A deactivated room takes no messages

    Scenario: A deactivated Symphony room is shown as closed
      Given Ada opened the room "Trade support"
      When Ada closes the room "Trade support"
      Then the room "Trade support" is closed

    Scenario: A message to a deactivated room is refused
      Given Ada opened the room "Trade support"
      And Ada closed the room "Trade support"
      When Ada tries to send "One more thing" in the room "Trade support"
      Then it is refused because the room is closed

  Rule: New rooms follow the rules of the pod

    Scenario: A room name that differs only in case and spaces is refused
      Given Ada opened the room "Trade support"
      When Ada tries to open a room named like "Trade support"
      Then it is refused because the name is taken

    Scenario: A room name over the maximum is refused
      When Ada tries to open a room with too long a name
      Then it is refused because the name is too long

    Scenario: A public room with hidden history is refused
      When Ada tries to open a public room that hides its past
      Then it is refused because a public room shows its past

    @sandbox-only
    Scenario: A bot without the entitlement cannot create a room
      The sandbox takes the entitlement from the bot.

      Given the administrator does not let Ada open rooms
      When Ada tries to open the room "Trade support"
      Then it is refused because Ada lacks the entitlement
