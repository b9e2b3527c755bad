Feature: Signing in with an API key
  An agent has one permanent API key. Requests are made with an access token, which the key is exchanged for and which
  is replaced when it expires.

  Rule: The API key alone is enough to sign in

    @smoke
    Scenario: An agent views its own profile
      When Ada views her own profile
      Then the profile is Ada's

    Scenario: An agent sends several requests at the same time
      When Ada views her own profile 3 times at the same time
      Then every profile is that of the agent who requested it

  Rule: An expired access token is replaced without the agent's help

    @sandbox-only
    Scenario: An expired access token is exchanged again
      Given Ada's access token has expired
      When Ada views her own profile
      Then the profile is Ada's

  Rule: An agent can see how many requests it may still make

    Scenario: Every response reports the rate limit
      When Ada views her own profile
      Then Ada can see how many requests are left
