Feature: Finding channels and people
  People say "the channel about gloves" and "Ben"; Slack wants ids. Whoever writes to a channel or mentions somebody
  finds them by name first.

  Rule: A channel is found by its name, in whatever case

    Scenario: A Slack channel is found by its name
      When Ada looks up the channel by name
      Then the channel of the tests is found

    @sandbox-only
    Scenario: A private channel is found by those who are in it
      The sandbox makes the channel of the tests private.

      Given the channel is private
      When Ada looks up the channel by name
      Then the channel of the tests is found

    Scenario: Ada looks up the channel by id by its id
      When Ada looks up the channel by id
      Then the channel of the tests is found
      And it is an active channel that Ada is a member of

    Scenario: A channel that does not exist is refused in Slack
      When Ada tries to look up a channel that does not exist
      Then it is refused because the channel does not exist

  Rule: A person is found by handle, display name or real name

    Scenario: A Slack user is found by name
      When Ada looks up Ben by name
      Then the account of Ben is found

    Scenario: A Slack user is found by display name
      When Ada looks up Ben by display name
      Then the account of Ben is found

    Scenario: No Slack account is found by an unknown name
      When Ada looks up a name that no account has
      Then no account is found

    Scenario: Ada looks up Ben by id by his id
      When Ada looks up Ben by id
      Then the account of Ben is found
      And the profile of Ben has a name, a time zone and no bot flag

    Scenario: A Slack account that does not exist is refused
      When Ada tries to look up an account that does not exist
      Then it is refused because the account does not exist
