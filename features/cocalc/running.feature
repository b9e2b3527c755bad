Feature: Running projects
  A project that nobody uses is stopped. It wakes up as soon as somebody needs it.

  Rule: Everybody on a project can see how it is doing

    # COC-009
    Scenario: State and status
      When Ada looks at how the shared project is doing
      Then its state is told
      And it is said since when it runs

    # COC-058
    Scenario: It answers
      When Ada pings the shared project
      Then the shared project has answered

    # COC-060
    Scenario: It is the very project that was asked
      When Ada asks the shared project which one it is
      Then it is the shared project

  Rule: It can be stopped, and use wakes it up

    # COC-012
    Scenario: Stopping it
      Given Ada has started the project "Herbarium"
      When Ada stops "Herbarium"
      Then "Herbarium" does not run

    # COC-013
    Scenario: Touching it
      Given Ada has the project "Herbarium"
      When Ada touches "Herbarium"
      Then "Herbarium" runs

    Scenario: Using it
      Given Ada has the project "Herbarium"
      When Ada pings "Herbarium"
      Then "Herbarium" runs
