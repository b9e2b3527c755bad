Feature: Presence and status
  Slack shows who is active and who is away. A bot can set its own presence, but it has no status text.

  Rule: A user's presence is visible to others

    Scenario: The presence of a Slack user can be read
      When Ada looks up Ben by id
      Then Ada can see the presence of Ben

    @sandbox-only
    Scenario: A Slack user who is active is shown as available
      The sandbox lets Ben be active, which no call of Slack can.

      When Ben sets his presence to available
      Then others see Ben as available

    @needs:user-token @serial:slack
    Scenario: A Slack user who is away is shown as away
      When Ben sets his presence to away
      Then others see Ben as away

  Rule: A bot sets its own presence

    @serial:slack
    Scenario: A Slack bot sets itself to away
      When Ada sets her presence to away
      Then others see Ada as away

    @serial:slack
    Scenario: A Slack bot that was away becomes available again
      When Ada sets her presence to available
      Then others see Ada as available

    @serial:slack
    Scenario: A presence value unknown to Slack is refused
      When Ada tries to set her presence to an unknown value
      Then it is refused because the presence does not exist

  Rule: Only users have a status text

    Scenario: A Slack bot cannot set a status
      When Ada tries to set the status "Running E2E Tests"
      Then it is refused because the token type is not allowed

    @needs:user-token @serial:slack
    Scenario: A Slack user's status is shown to others
      When Ben sets the status "Running E2E Tests"
      Then others see the status "Running E2E Tests" of Ben
