Feature: Projects
  All work on CoCalc is done in projects: a folder for files, and a computer of one's own to use them.

  Rule: A project is listed with what its owner says about it

    # COC-006
    Scenario: A new project
      When Ada creates the project "Herbarium"
      Then "Herbarium" is listed once, with its title and description

    # COC-007
    Scenario: Several projects
      Given Ada has the project "Herbarium"
      And Ada has the project "Greenhouse"
      When Ada lists the latest projects
      Then each project in the list can be told from the others

    # COC-056, COC-057
    Scenario: The project that all tests share
      When Ada lists all projects
      Then the shared project is listed with its title and description

  Rule: A project can be started, used and thrown away

    # COC-010
    Scenario: Starting and using it
      Given Ada has the project "Herbarium"
      When Ada starts "Herbarium"
      Then "Herbarium" runs
      And "Herbarium" answers
      And "Herbarium" runs on Linux
      And "Herbarium" is listed once, with its title and description

    # COC-010
    Scenario: Throwing it away
      Given Ada has started the project "Herbarium"
      When Ada stops and deletes "Herbarium"
      Then "Herbarium" is still listed, as deleted
