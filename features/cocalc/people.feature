Feature: Finding people
  To work with others on a project, one first has to find their accounts.

  Rule: Accounts are found by e-mail address and by name

    Background:
      Given Ada has created the organization "Botany"
      And Ben is a member of the organization "Botany"

    Scenario: A search by e-mail address finds exactly one account
      When Ada searches for Ben by e-mail address
      Then the search finds only Ben

    Scenario Outline: A search by <part> name finds the account among others
      When Ada searches for Ben by <part> name
      Then the search finds Ben among others

      Examples:
        | part  |
        | first |
        | last  |

    Scenario: A search for an unused name finds no account
      When Ada searches for a name that no account has
      Then the search finds no one

  Rule: The name of every account can be looked up

    Scenario: The name of an account is returned for its id
      Given Ada has created an account for Cleo in an organization that does not exist
      When Ada looks up the name of Cleo
      Then the name shown is that of Cleo

    Scenario: An account that does not exist is shown as a deleted user
      When Ada looks up the name of an account that does not exist
      Then the name shown is that of a deleted user
