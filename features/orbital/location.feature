Feature: Reporting positions
  Couriers report their position every few seconds. The backend caches the last position, keeps all of them in a
  history, and notifies other services.

  Rule: An accepted report is shown, stored, cached and published

    @needs:mongodb
    Scenario: An accepted position is shown to the courier
      When Ada reports a position
      Then the report is accepted
      And Ada's newest position is shown

    @needs:rabbitmq @needs:mongodb
    Scenario: Other services are notified of a position
      Given other services are subscribed to events
      When Ada reports a position
      Then other services are notified exactly once of every position Ada reported

    @needs:rabbitmq @needs:mongodb
    Scenario: A courier who is offline can report a position
      Given Ada is a courier who is offline
      And other services are subscribed to events
      When Ada reports a position
      Then the report is accepted
      And other services are notified exactly once of every position Ada reported
      And Ada is shown as offline

    @needs:mongodb
    Scenario: The position is stored with the courier
      When Ada reports a position
      Then Ada's newest position is stored

    @needs:mongodb @needs:redis
    Scenario: A position is cached for five minutes
      When Ada reports a position
      Then Ada's newest position is cached for 5 minutes

    @needs:mongodb
    Scenario: Every position is added to the history
      Given Ada reported a position from 3 minutes ago
      When Ada reports a position
      Then every position Ada reported is in the history exactly once

    @needs:mongodb @needs:redis
    Scenario: A position that is no longer cached is read from the database
      Given Ada reported a position
      When Ada's cached position expires
      Then Ada's newest position is shown

  Rule: Reports may arrive late, and many at once

    @needs:mongodb @needs:redis
    Scenario: A late report does not replace a newer position
      Given Ada reported a position
      When Ada reports a position from 10 minutes ago
      Then every position Ada reported is in the history exactly once
      And Ada's newest position is stored
      And Ada's newest position is cached for 5 minutes
      And Ada's newest position is shown

    @needs:rabbitmq @needs:mongodb
    Scenario: Twenty reports at once are all processed
      Given other services are subscribed to events
      When Ada reports 20 positions at once
      Then every position Ada reported is in the history exactly once
      And other services are notified exactly once of every position Ada reported
      And Ada's newest position is stored
