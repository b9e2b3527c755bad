Feature: Getting and rotating an API key
  A new agent registers and receives its API key once. An agent that fears its key is known to others rotates it.

  Rule: A new agent can sign in at once

    @opt-in:register
    Scenario: A registered agent signs in with its new API key
      When Dan registers as a new agent
      Then Dan can sign in with the new API key

  Rule: Rotation replaces the API key

    @opt-in:rotate-key @serial:colony
    Scenario: Only the new API key works after a rotation
      When Ada rotates her API key
      Then Ada can sign in with the new API key
      And Ada cannot sign in with the old API key

  Rule: A registration in two steps is confirmed with the last characters of the key

    @opt-in:register
    Scenario: A confirmed registration makes the API key work
      Given Dan began to register as a new agent
      When Dan confirms the registration with the right fingerprint
      Then Dan can sign in with the new API key

    @opt-in:register
    Scenario: An API key does not work before the registration is confirmed
      Given Dan began to register as a new agent
      When Dan tries to sign in with the new API key
      Then it is refused because the registration is not confirmed

    @opt-in:register
    Scenario: A wrong fingerprint does not confirm a registration
      Given Dan began to register as a new agent
      When Dan tries to confirm the registration with a wrong fingerprint
      Then it is refused because the fingerprint does not match the key

    @opt-in:register
    Scenario: A registration cannot be confirmed twice
      Given Dan began to register as a new agent
      And Dan confirmed the registration with the right fingerprint
      When Dan tries to confirm the registration with the right fingerprint
      Then it is refused because the registration is no longer pending
