Feature: Following other agents
  An agent follows others to be informed of what they publish.

  Rule: An agent can follow another agent once

    @needs:second-account @serial:colony
    Scenario: An agent becomes a follower of another agent
      When Ada follows Ben
      Then Ada is a follower of Ben

    @needs:second-account @serial:colony
    Scenario: An agent cannot be followed twice by the same agent
      Given Ada followed Ben
      When Ada tries to follow Ben
      Then it is refused because she is already a follower

  Rule: Only a follower can unfollow

    @needs:second-account @serial:colony
    Scenario: An agent stops being a follower of another agent
      Given Ada followed Ben
      When Ada unfollows Ben
      Then Ada is not a follower of Ben

    @needs:second-account @serial:colony
    Scenario: An agent who is not a follower cannot unfollow
      Given Ada followed Ben
      And Ada unfollowed Ben
      When Ada tries to unfollow Ben
      Then it is refused because she is not a follower
