Feature: Finding people and rooms
  People say "Ben" and "E2E Test Room", Symphony speaks in numbers. A bot must find the one by the other.

  Rule: The room is found by its name

    # SYM-010
    Scenario: In whatever case
      When Ada looks up the channel by name
      Then the channel of the tests is found

    Scenario: By its number
      When Ada looks up the channel by id
      Then the channel of the tests is found

    Scenario: A room that never was
      When Ada tries to look up a channel that does not exist
      Then it is refused because the room does not exist

  Rule: People are found by whatever they are called

    # SYM-011
    Scenario: By username, in whatever case
      When Ada looks up Ben by name
      Then the account of Ben is found

    # SYM-011
    Scenario: By email
      When Ada looks up Ben by email
      Then the account of Ben is found

    # SYM-011
    Scenario: By display name
      When Ada looks up Ben by display name
      Then the account of Ben is found

    Scenario: Nobody of that name
      When Ada looks up a name that no account has
      Then no account is found

  Rule: The directory tells about people

    # SYM-012
    Scenario: By number
      When Ada looks up Ben by id
      Then the account of Ben is found
      And the directory has name, email, company and department of Ben

    # SYM-005
    Scenario: Oneself
      When Ada looks up her own account
      Then Ada is identified as a bot
      And the directory has name, email, company and department of Ada
