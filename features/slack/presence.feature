Feature: Being there or away
  A green dot says that somebody is there. People are seen as they are; a bot may only say that it is away.

  Rule: Everybody can see whether somebody is there

    # SLK-080
    Scenario: Ada can tell about Ben
      When Ada looks up Ben by id
      Then Ada can see the presence of Ben

    # SLK-080
    @sandbox-only
    Scenario: Ben is there
      When Ben sets his presence to available
      Then others see Ben as available

    # SLK-080
    @needs:user-token @serial:slack
    Scenario: Ben says that he is away
      When Ben sets his presence to away
      Then others see Ben as away

  Rule: A bot may say that it is away, and take that back

    # SLK-081
    @serial:slack
    Scenario: Ada says she is away
      When Ada sets her presence to away
      Then others see Ada as away

    # SLK-081
    @serial:slack
    Scenario: Ada is back
      When Ada sets her presence to available
      Then others see Ada as available

    # SLK-082
    @serial:slack
    Scenario: There is no other presence
      When Ada tries to set her presence to an unknown value
      Then it is refused because the presence does not exist

  Rule: A status is for people

    # SLK-081
    Scenario: A bot has none
      When Ada tries to set the status "Running E2E Tests"
      Then it is refused because the token is of the wrong kind

    # SLK-081
    @needs:user-token @serial:slack
    Scenario: Ben says what he is doing
      When Ben sets the status "Running E2E Tests"
      Then others see the status "Running E2E Tests" of Ben
