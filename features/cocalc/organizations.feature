Feature: Organizations
  People of one institute belong to one organization. The site admin founds it and describes it.

  Rule: The site admin sees every organization

    # COC-032
    Scenario: All of them
      When Ada lists all organizations
      Then a list of organizations is shown

    # COC-035
    Scenario: Each by its name
      Given Ada has founded the organization "Botany"
      When Ada lists all organizations
      Then "Botany" is among them, and each has a name

  Rule: It is what the site admin says it is

    # COC-036
    Scenario: Described
      Given Ada has founded the organization "Botany"
      When Ada describes "Botany" as follows
        | title         | Institute of Botany      |
        | description   | Plants, mostly           |
        | email address | botany@example.org       |
        | link          | https://botany.invalid/a |
      Then "Botany" is described as follows
        | title         | Institute of Botany      |
        | description   | Plants, mostly           |
        | email address | botany@example.org       |
        | link          | https://botany.invalid/a |

    Scenario: No two of one name
      Given Ada has founded the organization "Botany"
      When Ada tries to found "Botany" again
      Then it is refused because the name is taken

    # COC-049
    Scenario: One that was never founded
      When Ada tries to look at an organization that was never founded
      Then it is refused because there is no such organization

  Rule: Nobody else sees or changes it

    @needs:second-account
    Scenario: A stranger looks at it
      Given Ada has founded the organization "Botany"
      When Dan tries to look at "Botany"
      Then it is refused because only the organization’s admins may
