Feature: Assigning and completing deliveries
  The planning service assigns deliveries by message. A courier is busy from the assignment until the delivery is
  completed.

  Rule: An assignment makes its courier busy, and counts once however often it arrives

    @needs:rabbitmq @fresh-backend
    Scenario: An assigned delivery makes its courier busy
      Given Ada is a courier who is online
      When "Order 1042" is assigned to Ada
      Then Ada sees that "Order 1042" is assigned
      And Ada is shown as busy

    @needs:rabbitmq @fresh-backend
    Scenario: An assignment that arrives twice counts once
      Given "Order 1042" was assigned to Ada
      And "Order 1042" was assigned to Ada again
      When "Order 1043" is assigned to Ada
      Then Ada sees that "Order 1042" is assigned
      And Ada has exactly the deliveries "Order 1042" and "Order 1043"

  Rule: An invalid assignment goes to the dead-letter queue, and does not block later ones

    Scenario Outline: After <assignment> the next one is still processed
      Given <assignment> arrived
      When "Order 1042" is assigned to Ada
      Then <assignment> is in the dead-letter queue
      And Ada sees that "Order 1042" is assigned

      # On a live backend, other dead letters in front are received and returned on the way to this one.
      @needs:rabbitmq @fresh-backend @destructive
      Examples:
        | assignment                           |
        | an unreadable assignment             |
        | an assignment without a courier      |
        | an assignment for an unknown courier |

  Rule: Completing a delivery makes its courier available again

    @needs:rabbitmq
    Scenario: A completed delivery is announced and its courier is online again
      Given Ada is delivering "Order 1042"
      And other services are subscribed to events
      When Ada completes "Order 1042"
      Then Ada sees that "Order 1042" is delivered
      And Ada is shown as online
      And other services are notified that Ada completed "Order 1042"

    Scenario: A completed delivery cannot be completed again
      Given Ada is delivering "Order 1042"
      And Ada completed "Order 1042"
      When Ada tries to complete "Order 1042"
      Then it is refused because the delivery is no longer open
      And Ada sees that "Order 1042" is delivered

  Rule: Only its own courier has access to a delivery

    Scenario Outline: A courier cannot <act> the delivery of another courier
      Given Ada is delivering "Order 1042"
      When Ben tries to <act> "Order 1042"
      Then it is refused because there is no such delivery
      And Ada sees that "Order 1042" is assigned

      Examples:
        | act      |
        | view     |
        | complete |
