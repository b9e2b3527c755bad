Feature: Where couriers are
  Couriers report where they are every few seconds. The backend keeps the last position at hand, the whole way in a
  history, and tells the other services.

  Rule: A report is taken, and everybody who must know knows

    # ORB-020
    @needs:mongodb
    Scenario: A report needs no answer
      When Ada reports where she is
      Then the report is taken without further words
      And Ada is shown there

    # ORB-021
    @needs:rabbitmq @needs:mongodb
    Scenario: Other services learn it
      Given other services are listening
      When Ada reports where she is
      Then other services learn every position of Ada once

    # ORB-022
    @needs:rabbitmq @needs:mongodb
    Scenario: A courier who is off duty may report, too
      Given Ada is a courier who is offline
      And other services are listening
      When Ada reports where she is
      Then other services learn every position of Ada once
      And Ada is shown as offline

    # ORB-023
    @needs:mongodb
    Scenario: It is noted with the courier
      When Ada reports where she is
      Then Ada is noted there

    # ORB-024
    @needs:mongodb @needs:redis
    Scenario: It is at hand for five minutes
      When Ada reports where she is
      Then the position of Ada is at hand for 5 minutes

    # ORB-025
    @needs:mongodb
    Scenario: It joins the history
      Given Ada reported where she was 3 minutes ago
      When Ada reports where she is
      Then every report of Ada is in the history once

    # ORB-036
    @needs:mongodb @needs:redis
    Scenario: A position that is no longer at hand is looked up
      Given Ada reported where she is
      When the position of Ada is no longer at hand
      Then Ada is shown there

  Rule: Reports may come late, and all at once

    # ORB-034
    @needs:mongodb
    Scenario: A late report does not move the courier back
      Given Ada reported where she is
      When Ada reports where she was 10 minutes ago
      Then every report of Ada is in the history once
      And Ada is still noted where she was first
      And Ada is still shown where she was first

    # ORB-035
    @needs:rabbitmq @needs:mongodb
    Scenario: Twenty reports at once
      Given other services are listening
      When Ada reports 20 positions at once
      Then every report of Ada is in the history once
      And other services learn every position of Ada once
      And Ada is noted there
