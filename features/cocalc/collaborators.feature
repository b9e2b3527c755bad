Feature: Working together
  The owner of a project asks others in, and they see and use it as their own.

  Background:
    Given Ben has an account
    And Cleo has an account
    And Ada has the project "Herbarium"

  Rule: Whoever is asked in is on the project

    # COC-011
    Scenario: One after the other
      When Ada adds Ben and Cleo to "Herbarium" one after the other
      Then exactly Ada, Ben and Cleo are on "Herbarium"

    # COC-011
    Scenario: One leaves again
      Given Ben and Cleo are on "Herbarium"
      When Ada removes Ben from the project "Herbarium"
      Then exactly Ada and Cleo are on "Herbarium"

    Scenario: The owner stays
      When Ada tries to remove Ada from the project "Herbarium"
      Then it is refused because an owner cannot be removed

  Rule: Only those on a project have a say in it

    @needs:second-account
    Scenario: A stranger asks somebody in
      When Dan tries to add Cleo to "Herbarium"
      Then it is refused because they are not on the project

    @needs:second-account
    Scenario: A collaborator uses it
      Given Dan is on "Herbarium"
      When Dan pings "Herbarium"
      Then "Herbarium" runs
