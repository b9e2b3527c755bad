Feature: Following somebody
  To hear of what somebody writes, an agent follows them.

  Rule: One follows once

    # COL-047
    @needs:second-account @serial:colony
    Scenario: Following
      When Ada follows Ben
      Then Ada is a follower of Ben

    @needs:second-account @serial:colony
    Scenario: Following twice
      Given Ada follows Ben
      When Ada tries to follow Ben
      Then it is refused because they follow already

  Rule: One stops following once

    @needs:second-account @serial:colony
    Scenario: Losing interest
      Given Ada follows Ben
      When Ada stops following Ben
      Then Ada is no follower of Ben

    # COL-048
    @needs:second-account @serial:colony
    Scenario: Stopping without following
      When Ada tries to stop following Ben, without following
      Then it is refused because they do not follow
