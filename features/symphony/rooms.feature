Feature: Creating and deactivating rooms
  A bot creates a room for a topic and deactivates it when the topic is closed.

  Rule: The creator of a room owns it

    Scenario: A new room is private and owned by Ada
      When Ada creates the room "Trade support"
      Then the room "Trade support" is active, found by its name, and owned by Ada

    Scenario: A message can be sent in a new room
      Given Ada created the room "Trade support"
      When Ada sends "Welcome" in the room "Trade support"
      Then "Welcome" reads as it was sent

  Rule: A deactivated room accepts no messages

    Scenario: A deactivated Symphony room is shown as deactivated
      Given Ada created the room "Trade support"
      When Ada deactivates the room "Trade support"
      Then the room "Trade support" is deactivated

    Scenario: A message to a deactivated room is refused
      Given Ada created the room "Trade support"
      And Ada deactivated the room "Trade support"
      When Ada tries to send "One more thing" in the room "Trade support"
      Then it is refused because the room is deactivated

  Rule: New rooms follow the rules of the pod

    Scenario: A room name that differs only in case and spaces is refused
      Given Ada created the room "Trade support"
      When Ada tries to create a second room with the name "Trade support"
      Then it is refused because the name is taken

    Scenario: A room name over the maximum is refused
      When Ada tries to create a room with a name over the maximum length
      Then it is refused because the name is too long

    Scenario: A public room with hidden history is refused
      When Ada tries to create a public room with hidden history
      Then it is refused because a public room must show its history

    @sandbox-only
    Scenario: A bot without the entitlement cannot create a room
      The sandbox takes the entitlement from the bot.

      Given Ada lacks the entitlement to create rooms
      When Ada tries to create the room "Trade support"
      Then it is refused because Ada lacks the entitlement
