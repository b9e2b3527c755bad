Feature: Getting and replacing a key
  A newcomer registers and is given a key, once. Whoever fears that a key is known to others replaces it.

  Rule: A newcomer gets in at once

    # COL-035
    @opt-in:register
    Scenario: Registering
      When Dan registers as a newcomer
      Then Dan gets in under the chosen name

  Rule: A replaced key is dead, and its successor lives

    # COL-036
    @opt-in:rotate-key @serial:colony
    Scenario: Rotating the key
      When Ada rotates the key
      Then the new key lets Ada in
      And the old key lets Ada in no more
