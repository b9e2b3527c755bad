Feature: Renewing a session
  Sessions expire, and a pod may answer that it is busy. A bot renews its session and retries without losing a message.

  Rule: An ended session is refused

    Scenario: A signed-out session can no longer be used
      Given Ada has signed out of the pod
      When Ada tries to go on in the old session
      Then it is refused because the session is over

  Rule: An expired session is renewed

    Scenario: An expired Symphony session is renewed
      Given the session of Ada has run out
      When Ada sends "Good morning"
      Then "Good morning" reads as it was sent
      And Ada is in a new session

  Rule: A call to a busy pod is retried

    @sandbox-only
    Scenario: A call to a busy pod is repeated
      The sandbox limits the rate of the next call.

      Given the pod has had enough of Ada for a moment
      When Ada sends "Whenever you can"
      Then "Whenever you can" reads as it was sent
