Feature: Organizations
  The accounts of one institute belong to one organization. The site admin creates and describes it.

  Rule: The site admin sees every organization

    Scenario: Every organization is listed by its name
      Given Ada has created the organization "Botany"
      And Ada has created the organization "Zoology"
      When Ada lists all organizations
      Then the organizations "Botany" and "Zoology" are listed exactly once

    Scenario: A new organization has no members
      When Ada creates the organization "Botany"
      Then no one belongs to the organization "Botany"

    Scenario: The site admin describes an organization
      Given Ada has created the organization "Botany"
      When Ada describes the organization "Botany" as follows:
        | title         | Institute of Botany      |
        | description   | Plants, mostly           |
        | email address | botany@example.org       |
        | link          | https://botany.invalid/a |
      Then the organization "Botany" is described as follows:
        | title         | Institute of Botany      |
        | description   | Plants, mostly           |
        | email address | botany@example.org       |
        | link          | https://botany.invalid/a |

  Rule: The name of an organization is unique, and must exist

    Scenario: A second organization of the same name is refused
      Given Ada has created the organization "Botany"
      When Ada tries to create the organization "Botany" again
      Then it is refused because the name is taken

    Scenario: An organization that does not exist cannot be viewed
      When Ada tries to view an organization that does not exist
      Then it is refused because the organization does not exist

  Rule: An organization is closed to outsiders

    @needs:second-account
    Scenario: Someone outside an organization cannot view it
      Given Ada has created the organization "Botany"
      When Dan tries to view the organization "Botany"
      Then it is refused because only admins of the organization may do this
