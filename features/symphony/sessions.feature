Feature: Renewing a session
  Sessions expire, and a pod may respond that it is busy. A bot renews its session and retries without losing a message.

  Rule: An ended session is refused

    Scenario: A signed-out session can no longer be used
      Given Ada has signed out of the pod
      When Ada tries to use the ended session
      Then it is refused because the session has ended

  Rule: An expired session is renewed

    Scenario: An expired Symphony session is renewed
      Given the pod has ended Ada's session
      When Ada sends "Good morning"
      Then "Good morning" reads as it was sent
      And Ada has a new session

  Rule: A rate-limited call is retried

    @sandbox-only
    Scenario: A call that the pod rate-limits is repeated
      The sandbox limits the rate of the next call.

      Given the pod rate-limits Ada's next message
      When Ada sends "Whenever you can"
      Then "Whenever you can" reads as it was sent
