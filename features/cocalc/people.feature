Feature: Finding people
  Whoever wants to work with somebody first has to find them. The site admin can give people accounts.

  Rule: People are found by their e-mail address and by their names

    # COC-005
    Scenario: By e-mail address
      Given Ada has founded the organization "Botany"
      And Ben is a member of "Botany"
      When Ada searches for Ben by e-mail address
      Then exactly Ben is found, with name and address

    # COC-005
    Scenario Outline: By <part> name
      Given Ada has founded the organization "Botany"
      And Ben is a member of "Botany"
      When Ada searches for Ben by <part> name
      Then Ben is among those found

      Examples:
        | part  |
        | first |
        | last  |

    # COC-005
    Scenario: Nobody has that name
      When Ada searches for a word that nobody is called
      Then nobody at all is found

  Rule: Everybody with an account has a name

    # COC-014
    Scenario: A member of an organization that was never founded
      Given Cleo has an account in an organization that was never founded
      When Ada looks up the name of Cleo
      Then it is Cleo's name

    Scenario: Somebody who never was
      When Ada looks up the name of somebody who never was
      Then it is the name of a deleted user
