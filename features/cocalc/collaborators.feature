Feature: Collaborators
  The owner of a project adds collaborators, who can then use it as their own.

  Background:
    Given Ben has an account
    And Cleo has an account
    And Ada has created the project "Herbarium"

  Rule: The owner decides who belongs to a project

    Scenario: Collaborators are added one after the other
      When Ada adds Ben and Cleo to the project "Herbarium"
      Then only Ada, Ben and Cleo belong to the project "Herbarium"

    Scenario: A removed collaborator no longer belongs to the project
      Given Ada has added Ben and Cleo to the project "Herbarium"
      When Ada removes Ben from the project "Herbarium"
      Then only Ada and Cleo belong to the project "Herbarium"

    Scenario: The owner of a project cannot be removed
      When Ada tries to remove Ada from the project "Herbarium"
      Then it is refused because an owner cannot be removed
      And only Ada belongs to the project "Herbarium"

  Rule: Only those who belong to a project can use it

    @needs:second-account
    Scenario: Someone outside a project cannot add collaborators
      When Dan tries to add Cleo to the project "Herbarium"
      Then it is refused because Dan does not belong to the project
      And only Ada belongs to the project "Herbarium"

    @needs:second-account
    Scenario: A collaborator can use the project
      Given Ada has added Dan to the project "Herbarium"
      When Dan pings the project "Herbarium" once
      Then the project "Herbarium" responds once with the current time
