Feature: Access tokens
  An access token identifies a user. Every operation except logging in and checking the health requires a valid one.

  Rule: Without a valid access token no operation is possible

    Scenario Outline: Every operation is refused with <token>
      When Ada tries every operation with <token>
      Then every operation is refused because the access token is invalid
      And nothing is stored for Ada

      Examples:
        | token                                    |
        | no access token                          |
        | a malformed access token                 |
        | an access token signed by another secret |
        | an expired access token                  |
        | an unsigned access token                 |
