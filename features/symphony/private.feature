Feature: Direct messages
  A direct conversation has two or more members, and only they can read its messages.

  Rule: Only the members read a direct message

    Scenario: A direct message in Symphony reaches only its recipient
      When Ada sends "Your trade has settled" to Ben directly
      Then only Ben can read "Your trade has settled"

    @needs:third-person
    Scenario: A direct message to two reaches only both
      Given Ada opened a direct conversation with Ben and Cleo
      When Ada sends "Whose trade is this?" to Ben and Cleo directly
      Then only Ben and Cleo can read "Whose trade is this?"
      And there is only one direct conversation with Ben and Cleo

    @human
    Scenario: The author of the latest Symphony message is answered directly
      Given Ben sent "Who has my trade ticket?"
      When Ada sends "I found it" directly to the author of the latest message
      Then only Ben can read "I found it"

  Rule: There is one direct conversation for the same members

    Scenario: A direct conversation in Symphony opened twice is the same
      Given Ada opened a direct conversation with Ben
      When Ada sends "Still there?" to Ben directly
      Then there is only one direct conversation with Ben
      And only Ben can read "Still there?"

    Scenario: A conversation without another member is refused
      When Ada tries to open a direct conversation with no other member
      Then it is refused because a conversation needs another member
