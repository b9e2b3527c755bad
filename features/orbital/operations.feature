Feature: Running the backend
  Whoever runs the backend sees at a glance what is wrong, and can rely on it when one of its servers is not there.

  Rule: The backend says how it is

    # ORB-060
    Scenario: All is well
      When somebody asks how the backend is
      Then its database, message broker, document store and cache are well

  Rule: Without the message broker nothing is half done

    # ORB-065
    @fresh-backend @sandbox-only @needs:rabbitmq @needs:mongodb @needs:redis
    Scenario: The message broker is down
      Given the message broker is down
      When Ada reports where she is in spite of it
      Then the backend asks for another try later
      And nothing is kept of Ada

    # ORB-065
    @fresh-backend @sandbox-only @needs:rabbitmq @needs:mongodb @needs:redis
    Scenario: The message broker comes back
      Given the message broker is down
      And Ada reported where she is in spite of it
      When the message broker is back
      Then a report of Ada is taken before long
      And every report of Ada is in the history once

  Rule: A setting may differ for one scenario, and for no other

    # ORB-066
    @fresh-backend @sandbox-only @needs:mongodb @needs:redis
    Scenario: A shorter time at hand
      Given the backend keeps positions at hand for 60 seconds
      When Ada reports where she is
      Then the position of Ada is at hand for 60 seconds

    # ORB-066
    @fresh-backend @sandbox-only @needs:mongodb @needs:redis
    Scenario: All others are kept at hand as long as ever
      Given the backend keeps positions at hand for 60 seconds
      When Ben reports to the backend that all others use
      Then the position of Ben is at hand for 5 minutes
