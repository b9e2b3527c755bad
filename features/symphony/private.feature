Feature: Talking in private
  Some things are meant for one person, or for a few, and nobody else.

  Rule: What is said in private, nobody else reads

    # SYM-070
    Scenario: A word to Ben
      When Ada says "I found your glove" to Ben in private
      Then only Ben can read "I found your glove"

    # SYM-072
    @needs:third-person
    Scenario: A word to two
      When Ada says "Whose glove is this?" to Ben and Cleo in private
      Then only Ben and Cleo can read "Whose glove is this?"
      And opening it with Ben and Cleo again leads to the same

    # SYM-080
    @human
    Scenario: A word to whoever spoke last
      Given Ben himself has said "Has anybody seen my glove?"
      When Ada answers whoever spoke last with "I found it" in private
      Then "I found it" has reached Ben in private

  Rule: There is one private conversation with the same people

    # SYM-071
    Scenario: Opened twice, it is the same
      Given Ada opens a private conversation with Ben
      When Ada says "Still there?" to Ben in private
      Then opening it with Ben again leads to the same
      And only Ben can read "Still there?"

    Scenario: With nobody
      When Ada tries to open a private conversation with nobody
      Then it is refused because a conversation needs somebody else
