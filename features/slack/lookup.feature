Feature: Looking up channels and users
  People refer to channels and users by name, while Slack's methods take ids. A bot looks up the id before it sends
  a message or mentions a user.

  Rule: A channel is found by name, ignoring case

    Scenario: A Slack channel is found by its name
      When Ada looks up the channel by name
      Then the channel of the tests is found

    @sandbox-only
    Scenario: A private Slack channel is found by its members
      The sandbox makes the channel of the tests private.

      Given the channel is private
      When Ada looks up the channel by name
      Then the channel of the tests is found

    Scenario: A Slack channel is found by its id
      When Ada looks up the channel by id
      Then the channel of the tests is found
      And the channel is active and has Ada as a member

    Scenario: An unknown Slack channel is not found
      When Ada tries to look up a channel that does not exist
      Then it is refused because the channel does not exist

  Rule: A user is found by handle, display name or real name

    Scenario: A Slack user is found by handle
      When Ada looks up Ben by name
      Then the account of Ben is found

    Scenario: A Slack user is found by display name
      When Ada looks up Ben by display name
      Then the account of Ben is found

    Scenario: No Slack user is found by an unknown name
      When Ada looks up a name that no account has
      Then no account is found

    Scenario: A Slack user is found by id
      When Ada looks up Ben by id
      Then the account of Ben is found
      And the profile of Ben has a name, a time zone and no bot flag

    Scenario: An unknown Slack user id is refused
      When Ada tries to look up an account that does not exist
      Then it is refused because the account does not exist
