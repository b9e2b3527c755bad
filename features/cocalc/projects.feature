Feature: Projects
  All work on CoCalc is done in projects: a folder of files, and a Linux environment to use them in.

  Rule: A project is listed with its title and description

    Scenario: A new project is listed with its title and description
      When Ada creates the project "Herbarium"
      Then the project "Herbarium" is listed exactly once

    Scenario: Recent projects are each listed once
      Given Ada has created the project "Herbarium"
      And Ada has created the project "Greenhouse"
      When Ada lists her recent projects
      Then the projects "Herbarium" and "Greenhouse" are listed exactly once

    Scenario: The shared project is in the list of all projects
      When Ada lists all her projects
      Then the shared project is listed exactly once

  Rule: A project can be started, used and deleted

    Scenario: A started project runs commands on Linux
      Given Ada has created the project "Herbarium"
      When Ada starts the project "Herbarium"
      Then the project "Herbarium" is running
      And the project "Herbarium" runs commands on Linux
      And the project "Herbarium" is listed exactly once

    Scenario: A deleted project is still listed, as deleted
      Given Ada has created the project "Herbarium"
      And Ada has started the project "Herbarium"
      And Ada has stopped the project "Herbarium"
      When Ada deletes the project "Herbarium"
      Then the project "Herbarium" is listed as deleted
