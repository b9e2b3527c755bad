Feature: Finding people and rooms
  People say "Ben" and "E2E Test Room", Symphony speaks in numbers. A bot must find the one by the other.

  Rule: The room is found by its name

    # SYM-010
    Scenario: In whatever case
      When Ada looks for the channel by name
      Then it is the channel they all talk in

    Scenario: By its number
      When Ada looks the channel up
      Then it is the channel they all talk in

    Scenario: A room that never was
      When Ada tries to look up a channel that never was
      Then it is refused because there is no such place

  Rule: People are found by whatever they are called

    # SYM-011
    Scenario: By username, in whatever case
      When Ada looks for Ben by name
      Then it is Ben who is found

    # SYM-011
    Scenario: By email
      When Ada looks for Ben by email
      Then it is Ben who is found

    # SYM-011
    Scenario: By display name
      When Ada looks for Ben by display name
      Then it is Ben who is found

    Scenario: Nobody of that name
      When Ada looks for a name nobody has
      Then nobody is found

  Rule: The directory tells about people

    # SYM-012
    Scenario: By number
      When Ada looks Ben up
      Then it is Ben who is found
      And the directory has name, email, company and department of Ben

    # SYM-005
    Scenario: Oneself
      When Ada looks Ada up
      Then Ada is known as a bot
      And the directory has name, email, company and department of Ada
