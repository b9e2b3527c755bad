@sandbox-only
Feature: Scopes of a Slack app
  Whoever installs an app decides what it may do. A call that needs a scope which the app lacks is refused, and the refusal
  names the scope, so that someone can add it. The sandbox installs the app without the scope.

  Rule: A refusal names the missing scope

    Scenario: A call without the scope chat:write is refused
      Given the scope chat:write is missing
      When Ada tries to send "May I?"
      Then it is refused because the scope chat:write is missing

    Scenario: A call without the scope channels:history is refused
      Given the scope channels:history is missing
      When Ada tries to read the last 10 messages
      Then it is refused because the scope channels:history is missing

    Scenario: A call without the scope users:read is refused
      Given the scope users:read is missing
      When Ada tries to look up an account that does not exist
      Then it is refused because the scope users:read is missing

    Scenario: A call without the scope channels:read is refused
      Given the scope channels:read is missing
      When Ada tries to look up a channel that does not exist
      Then it is refused because the scope channels:read is missing

    Scenario: A call without the scope reactions:write is refused
      Given the scope reactions:write is missing
      And Ada sent "Is this liked?"
      When Ada tries to react to "Is this liked?" with heart
      Then it is refused because the scope reactions:write is missing

    Scenario: A call without the scope im:write is refused
      Given the scope im:write is missing
      When Ada tries to open a direct conversation with Ben
      Then it is refused because the scope im:write is missing

    Scenario: A call without the scope files:write is refused
      Given the scope files:write is missing
      When Ada tries to send "Look at this" with these files:
        | build.txt | text |
      Then it is refused because the scope files:write is missing
