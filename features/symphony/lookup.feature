Feature: Finding people and rooms
  People say "Ben" and "E2E Test Room", Symphony speaks in numbers. A bot must find the one by the other.

  Rule: The room is found by its name

    Scenario: A Symphony room is found by name in any case
      When Ada looks up the channel by name
      Then the channel of the tests is found

    Scenario: A Symphony room is found by its id
      When Ada looks up the channel by id
      Then the channel of the tests is found

    Scenario: A room that does not exist is refused
      When Ada tries to look up a channel that does not exist
      Then it is refused because the room does not exist

  Rule: People are found by whatever they are called

    Scenario: By username, in whatever case
      When Ada looks up Ben by name
      Then the account of Ben is found

    Scenario: A Symphony user is found by email
      When Ada looks up Ben by email
      Then the account of Ben is found

    Scenario: A Symphony user is found by display name
      When Ada looks up Ben by display name
      Then the account of Ben is found

    Scenario: No Symphony account is found by an unknown name
      When Ada looks up a name that no account has
      Then no account is found

  Rule: The directory shows who people are

    Scenario: A Symphony user is found by id
      When Ada looks up Ben by id
      Then the account of Ben is found
      And the directory has name, email, company and department of Ben

    Scenario: The bot finds its own account in Symphony
      When Ada looks up her own account
      Then Ada is identified as a bot
      And the directory has name, email, company and department of Ada
