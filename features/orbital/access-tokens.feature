Feature: Access tokens
  An access token identifies a user. Every operation except logging in and checking the health requires a valid one.

  Rule: Without a valid access token no operation is possible

    Scenario Outline: Every operation is refused with <token>
      When Ada tries every operation with <token>
      Then every operation is refused because the access token is invalid
      And nothing is stored for Ada

      Examples:
        | token                                    |
        # ORB-010
        | no access token                          |
        # ORB-011
        | a malformed access token                 |
        # ORB-012
        | an access token signed by another secret |
        # ORB-013
        | an expired access token                  |
        # ORB-014
        | an unsigned access token                 |
