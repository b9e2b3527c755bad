@needs:postgres-source
Feature: Logging in to the source
  Before it reads anything, a connector proves that it can log in with what its owner has entered. When it cannot, the
  owner must learn what to correct.

  Rule: Valid credentials let the connector in

    @smoke
    Scenario: Valid credentials let the connector log in
      When Ada tests the login
      Then the login succeeds
      And the app is healthy

    @needs:postgres-read-only-user
    Scenario: A read-only user can log in
      Given the read-only user logs in
      When Ada tests the login
      Then the login succeeds

  Rule: A refused login says what is wrong

    Scenario Outline: The login is refused when <what is wrong>
      Given <what is wrong>
      When Ada tries to test the login
      Then it is refused because <reason>

      Examples:
        | what is wrong                         | reason                                   |
        | the password is wrong                 | the password is wrong                    |
        | the user is unknown                   | the user may not log in                  |
        | the database does not exist           | the database does not exist              |
        | the host does not exist               | the host is not found                    |
        | nothing listens at the port           | the connection is refused                |
        | the password is left out              | a credential is missing                  |
        | the user name is left out             | a credential is missing                  |
        | the host is left out                  | a credential is missing                  |
        | the authentication type is unsupported | the authentication type is not supported |

    @sandbox-only
    Scenario: A user whose login was revoked cannot log in
      Given the user's login was revoked
      When Ada tries to test the login
      Then it is refused because the user may not log in
