Feature: Running projects
  A project that is not in use is stopped. It starts again as soon as it is needed.

  Rule: A running project reports its state and responds

    Scenario: A running project reports its state and start time
      Given Ada has pinged the shared project once
      When Ada views the state and status of the shared project
      Then they report that the project is running, and its start time

    Scenario: A ping gets a response from the project it was sent to
      When Ada pings the shared project once
      Then the shared project responds once with the current time

  Rule: A project can be stopped, and starts when it is used

    Scenario: A running project can be stopped
      Given Ada has created the project "Herbarium"
      And Ada has started the project "Herbarium"
      When Ada stops the project "Herbarium"
      Then the project "Herbarium" is stopped

    Scenario: Touching a stopped project starts it
      Given Ada has created the project "Herbarium"
      When Ada touches the project "Herbarium"
      Then the project "Herbarium" is running

    Scenario: Pinging a stopped project starts it
      Given Ada has created the project "Herbarium"
      When Ada pings the project "Herbarium" once
      Then the project "Herbarium" is running
