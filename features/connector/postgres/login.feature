@needs:postgres-source
Feature: Logging in to the source
  Before it reads anything, a connector proves that it can log in with what its owner has entered. When it cannot, the
  owner must learn what to put right.

  Rule: Right credentials let the connector in

    # CON-001, CON-009, CON-014
    @smoke
    Scenario: The credentials are right
      When Ada tests the login
      Then the connector can log in
      And the app is up

    # CON-064
    Scenario: The app takes its time
      Given the app may take 60 seconds to answer
      When Ada tests the login
      Then the connector can log in

  Rule: A refused login says what is wrong

    # CON-010, CON-204
    Scenario Outline: The login is refused: <what is wrong>
      Given <what is wrong>
      When Ada tries to test the login
      Then it is refused because <reason>

      Examples:
        | what is wrong                          | reason                             |
        | the password is wrong                  | the password is wrong              |
        | the user is unknown                    | nobody of that name may log in     |
        | the database does not exist            | there is no such database          |
        | the host does not exist                | there is no such host              |
        | nothing listens at the port            | nothing listens there              |
        | the password is left out               | a credential is missing            |
        | the user name is left out              | a credential is missing            |
        | the host is left out                   | a credential is missing            |
        | the authentication type is unheard of  | the authentication type is unknown |

    @sandbox-only
    Scenario: Somebody who left the company keeps no way in
      Given the user has left
      When Ada tries to test the login
      Then it is refused because the user may no longer log in
