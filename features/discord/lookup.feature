Feature: Finding people and places
  People say "Ben" and "general", Discord speaks in numbers. A bot must find the one by the other, and say plainly when there is
  nobody of that name.

  Rule: A bot knows where it belongs

    # DIS-010, DIS-011
    Scenario: The guild
      When Ada looks the channel up
      Then the guild is among those Ada belongs to
      And Ada finds the guild by its name

    # DIS-013
    Scenario: The channel by its number
      When Ada looks the channel up
      Then it is the channel they all talk in
      And it is a text channel of the guild

    # DIS-012
    Scenario: The channel by its name
      When Ada looks for the channel by name
      Then it is the channel they all talk in

  Rule: People are found by number and by name

    # DIS-015
    Scenario: By number
      When Ada looks Ben up
      Then it is Ben who is found
      And all that is known of Ben can be read

    # DIS-014
    Scenario: By handle, in whatever case
      When Ada looks for Ben by name
      Then it is Ben who is found

    Scenario: By display name
      When Ada looks for Ben by display name
      Then it is Ben who is found

    Scenario: Nobody of that name
      When Ada looks for a name nobody has
      Then nobody is found

  Rule: What never was cannot be looked up

    # DIS-016
    Scenario: An account
      When Ada tries to look up an account that never was
      Then it is refused because there is no such person

    Scenario: A channel
      When Ada tries to look up a channel that never was
      Then it is refused because there is no such channel

    Scenario: A guild
      When Ada tries to look up a guild that never was
      Then it is refused because there is no such guild

    # DIS-017
    @sandbox-only
    Scenario: A channel that is there, but closed to the bot
      When Ada tries to look up a channel behind closed doors
      Then it is refused because the bot cannot see it
