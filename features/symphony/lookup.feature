Feature: Looking up users and rooms
  People refer to users and rooms by name, while Symphony's API takes ids. A bot looks up the id by the name.

  Rule: A room is found by name or id

    Scenario: A Symphony room is found by name in any case
      When Ada looks up the channel by name
      Then the channel of the tests is found

    Scenario: A Symphony room is found by its id
      When Ada looks up the channel by id
      Then the channel of the tests is found

    Scenario: An unknown Symphony room is not found
      When Ada tries to look up a channel that does not exist
      Then it is refused because the room does not exist

  Rule: A user is found by username, email or display name

    Scenario: A Symphony user is found by username in any case
      When Ada looks up Ben by name
      Then the account of Ben is found

    Scenario: A Symphony user is found by email
      When Ada looks up Ben by email
      Then the account of Ben is found

    Scenario: A Symphony user is found by display name
      When Ada looks up Ben by display name
      Then the account of Ben is found

    Scenario: No Symphony user is found by an unknown name
      When Ada looks up a name that no account has
      Then no account is found

  Rule: A profile shows name, username and email

    Scenario: A Symphony user is found by id
      When Ada looks up Ben by id
      Then the account of Ben is found
      And the directory has name, email, company and department of Ben

    Scenario: The bot finds its own account in Symphony
      When Ada looks up her own account
      Then Ada is identified as a bot
      And the directory has name, email, company and department of Ada
