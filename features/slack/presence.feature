Feature: Being there or away
  A green dot says that somebody is there. People are seen as they are; a bot may only say that it is away.

  Rule: Everybody can see whether somebody is there

    # SLK-080
    Scenario: Ada can tell about Ben
      Then Ada can tell whether Ben is there

    # SLK-080
    @sandbox-only
    Scenario: Ben is there
      Given Ben is available
      Then others see Ben as available

    # SLK-080
    @needs:user-token @serial:slack
    Scenario: Ben says that he is away
      Given Ben is away
      Then others see Ben as away

  Rule: A bot may say that it is away, and take that back

    # SLK-081
    @serial:slack
    Scenario: Ada says she is away
      When Ada shows as away with ""
      Then Ada is marked as away

    # SLK-081
    @serial:slack
    Scenario: Ada is back
      When Ada shows as available with ""
      Then Ada is marked as available

    # SLK-082
    @serial:slack
    Scenario: There is no other presence
      When Ada tries to show as asleep
      Then it is refused because there is no such presence

  Rule: A status is for people

    # SLK-081
    Scenario: A bot has none
      When Ada tries to show the status "Running E2E Tests"
      Then it is refused because the token is of the wrong kind

    # SLK-081
    @needs:user-token @serial:slack
    Scenario: Ben says what he is doing
      When Ben shows the status "Running E2E Tests"
      Then others see Ben’s status "Running E2E Tests"
