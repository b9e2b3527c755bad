Feature: Finding channels and people
  People say "the channel about gloves" and "Ben"; Slack wants ids. Whoever writes to a channel or mentions somebody
  finds them by name first.

  Rule: A channel is found by its name, in whatever case

    # SLK-010
    Scenario: Ada finds the channel
      When Ada looks for the channel by name
      Then it is the channel they all talk in

    # SLK-010
    @sandbox-only
    Scenario: A private channel is found by those who are in it
      Given the channel is private
      When Ada looks for the channel by name
      Then it is the channel they all talk in

    # SLK-011, SLK-014
    Scenario: Ada looks the channel up by its id
      When Ada looks the channel up
      Then it is the channel they all talk in
      And Ada knows what there is to know of the channel

    # SLK-015
    Scenario: There is no such channel
      When Ada tries to look up a channel that never was
      Then it is refused because there is no such channel

  Rule: A person is found by handle, display name or real name

    # SLK-012
    Scenario: Ada finds Ben by his handle
      When Ada looks for Ben by name
      Then it is Ben who is found

    # SLK-012
    Scenario: Ada finds Ben by the name he goes by
      When Ada looks for Ben by display name
      Then it is Ben who is found

    # SLK-012
    Scenario: Nobody has the name
      When Ada looks for a name nobody has
      Then nobody is found

    # SLK-013
    Scenario: Ada looks Ben up by his id
      When Ada looks Ben up
      Then it is Ben who is found
      And Ada knows what there is to know of Ben

    # SLK-015
    Scenario: There is no such person
      When Ada tries to look up an account that never was
      Then it is refused because there is no such person
