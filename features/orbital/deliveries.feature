Feature: Deliveries
  The service that plans deliveries assigns them by message. The courier is busy until the delivery is completed.

  Rule: An assignment occupies its courier, once however often it comes

    # ORB-050
    @needs:rabbitmq @fresh-backend
    Scenario: A delivery is assigned
      Given Ada is a courier who is online
      When "Two pizzas" is assigned to Ada
      Then Ada sees that "Two pizzas" is assigned
      And Ada is shown as busy

    # ORB-051
    @needs:rabbitmq @fresh-backend
    Scenario: The same assignment comes twice
      When "Two pizzas" is assigned to Ada twice
      Then Ada sees that "Two pizzas" is assigned
      And Ada has 1 delivery

  Rule: An assignment that makes no sense is put aside and stops nothing

    Scenario Outline: An assignment <which>
      When an assignment <which> comes
      Then it lies among the dead letters
      And Ada can still be given "Two pizzas"

      # Live, dead letters of others are received and returned on the way to this one.
      @needs:rabbitmq @fresh-backend @destructive
      Examples:
        | which                      |
        # ORB-052
        | that cannot be read        |
        | without a courier          |
        # ORB-053
        | for a courier nobody knows |

  Rule: Completing a delivery frees its courier

    # ORB-054
    @needs:rabbitmq
    Scenario: A delivery is completed
      Given Ada is delivering "Two pizzas"
      And other services are listening
      When Ada completes "Two pizzas"
      Then Ada sees that "Two pizzas" is delivered
      And Ada is shown as online
      And other services learn that Ada completed "Two pizzas"

    # ORB-055
    Scenario: Completing it twice
      Given Ada is delivering "Two pizzas"
      And Ada completed "Two pizzas"
      When Ada tries to complete "Two pizzas"
      Then it is refused because the delivery is not open

  Rule: A delivery is its own courier's business

    # ORB-056
    Scenario Outline: Another courier tries to <what> it
      Given Ada is delivering "Two pizzas"
      When Ben tries to <what> "Two pizzas"
      Then it is refused because there is no such delivery

      Examples:
        | what                 |
        | look at the delivery |
        | complete             |
