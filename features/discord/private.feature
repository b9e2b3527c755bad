Feature: Talking in private
  Some things are meant for one person alone.

  Rule: What is said in private, nobody else reads

    # DIS-090
    Scenario: A word to Ben
      When Ada says "I found your glove" to Ben in private
      Then only Ben can read "I found your glove"

    # DIS-093
    @sandbox-only
    Scenario: A word to whoever spoke last
      Given Ben has sent "Has anybody seen my glove?"
      When Ada answers whoever spoke last with "I found it" in private
      Then "I found it" has reached Ben in private

  Rule: There is one private conversation with each person

    # DIS-091
    Scenario: Opened twice, it is the same
      When Ada opens a private conversation with Ben
      Then opening it with Ben again leads to the same

  Rule: Not everybody can be written to

    # DIS-092
    Scenario: An account that never was
      When Ada tries to write to an account that never was
      Then it is refused because there is no such person

    @sandbox-only
    Scenario: Somebody who takes no private messages
      Given Ben takes no private messages
      When Ada tries to say "I found your glove" to Ben in private
      Then it is refused because the person takes no private messages
