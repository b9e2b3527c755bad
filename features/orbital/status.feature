Feature: Going online and offline
  Only couriers who are online are given deliveries, so the planning service must be notified of every change.

  Rule: Every change of status is announced, and only changes

    @needs:rabbitmq
    Scenario: Going online is announced to other services
      Given Ada is a courier who is offline
      And other services are subscribed to events
      When Ada goes online
      Then Ada is shown as online
      And other services are notified that Ada went from offline to online

    @needs:rabbitmq
    Scenario: Going offline is announced to other services
      Given Ada is a courier who is online
      And other services are subscribed to events
      When Ada goes offline
      Then Ada is shown as offline
      And other services are notified that Ada went from online to offline

    @needs:rabbitmq
    Scenario: A courier who is already online causes no announcement
      Given Ada is a courier who is online
      And other services are subscribed to events
      When Ada goes online
      Then Ada is shown as online
      And no event about Ada is published

  Rule: A courier with an open delivery cannot go offline

    Scenario: A busy courier cannot go offline
      Given Ada is delivering "Order 1042"
      When Ada tries to go offline
      Then it is refused because the courier is busy
      And Ada is shown as busy

  Rule: Couriers are either online or offline

    Scenario: An unknown status is refused
      When Ada tries to go on holiday
      Then it is refused because the status is invalid
      And Ada is shown as offline
