Feature: Staying signed in
  A session does not last for ever, and a pod is busy at times. Whoever relies on the bot must notice neither.

  Rule: A session that is over opens nothing

    Scenario: A signed-out session can no longer be used
      Given Ada has signed out of the pod
      When Ada tries to go on in the old session
      Then it is refused because the session is over

  Rule: A session ends, and another begins unnoticed

    Scenario: The session ran out overnight
      Given the session of Ada has run out
      When Ada sends "Good morning"
      Then "Good morning" reads as it was sent
      And Ada is in a new session

  Rule: A busy pod is asked again

    @sandbox-only
    Scenario: The pod is busy for a moment
      The sandbox limits the rate of the next call.

      Given the pod has had enough of Ada for a moment
      When Ada sends "Whenever you can"
      Then "Whenever you can" reads as it was sent
