Feature: Going on and off duty
  Only couriers who are online are given deliveries, so the service that plans them must know of every change.

  Rule: A change is announced, and nothing else is

    # ORB-040
    @needs:rabbitmq
    Scenario: Going online
      Given Ada is a courier who is offline
      And other services are listening
      When Ada goes online
      Then Ada is shown as online
      And other services learn that Ada went from offline to online

    @needs:rabbitmq
    Scenario: Going offline
      Given Ada is a courier who is online
      And other services are listening
      When Ada goes offline
      Then Ada is shown as offline
      And other services learn that Ada went from online to offline

    # ORB-041
    @needs:rabbitmq
    Scenario: Being online already
      Given Ada is a courier who is online
      And other services are listening
      When Ada goes online
      Then Ada is shown as online
      And other services learn nothing of Ada

  Rule: Nobody leaves in the middle of a delivery

    # ORB-042
    Scenario: A busy courier cannot go offline
      Given Ada is delivering "Two pizzas"
      When Ada tries to go offline
      Then it is refused because the courier is busy
      And Ada is shown as busy

  Rule: There are two ways to go

    # ORB-043
    Scenario: A status nobody knows
      When Ada tries to go "on holiday"
      Then it is refused because the status is wrong
