Feature: Operating the backend
  Operators see which part of the backend is down, and can rely on the backend while one of its servers is unavailable.

  Rule: The health check covers every server

    Scenario: A healthy backend reports every server as available
      When the health of the backend is checked
      Then the database, message broker, document store and cache are available

  Rule: Without the message broker a report is refused as a whole

    @fresh-backend @sandbox-only @needs:rabbitmq @needs:mongodb @needs:redis
    Scenario: A report is refused while the message broker is down
      Only a sandbox can cut a backend off from its message broker.

      Given the message broker is down
      When Ada tries to report a position
      Then the backend asks to try again later
      And nothing is stored for Ada

    @fresh-backend @sandbox-only @needs:rabbitmq @needs:mongodb @needs:redis
    Scenario: Reports are accepted again once the message broker is up
      Only a sandbox can cut a backend off from its message broker.

      Given the message broker is down
      And Ada tried to report a position
      And the message broker is up again
      When Ada reports a position until it is accepted
      Then every position Ada reported is in the history exactly once
      And Ada's newest position is stored

  Rule: A setting can be changed for one scenario without affecting others

    @fresh-backend @sandbox-only @needs:mongodb @needs:redis
    Scenario: A shorter cache lifetime applies to the changed backend
      Only a sandbox can start a backend with other settings.

      Given the backend caches positions for 60 seconds
      When Ada reports a position
      Then Ada's newest position is cached for 60 seconds

    @fresh-backend @sandbox-only @needs:mongodb @needs:redis
    Scenario: A shorter cache lifetime does not apply to the shared backend
      Only a sandbox can start a backend with other settings.

      Given the backend caches positions for 60 seconds
      When Ben reports a position to the shared backend
      Then Ben's newest position is cached for 5 minutes
