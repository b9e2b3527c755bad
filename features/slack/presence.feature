Feature: Being there or away
  A green dot says that someone is there. People are seen as they are; a bot may only say that it is away.

  Rule: Everyone can see whether someone is there

    Scenario: The presence of Ben can be seen in Slack
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

  Rule: A bot may set itself away and available

    @serial:slack
    Scenario: Ada says she is away
      When Ada sets her presence to away
      Then others see Ada as away

    @serial:slack
    Scenario: A Slack bot that was away becomes available again
      When Ada sets her presence to available
      Then others see Ada as available

    @serial:slack
    Scenario: A presence that Slack does not know is refused
      When Ada tries to set her presence to an unknown value
      Then it is refused because the presence does not exist

  Rule: A status is for people

    Scenario: A Slack bot cannot set a status
      When Ada tries to set the status "Running E2E Tests"
      Then it is refused because the token is of the wrong kind

    @needs:user-token @serial:slack
    Scenario: A Slack user's status is shown to others
      When Ben sets the status "Running E2E Tests"
      Then others see the status "Running E2E Tests" of Ben
