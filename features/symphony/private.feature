Feature: Talking in private
  Some things are meant for one person, or for a few, and no one else.

  Rule: What is said in private, no one else reads

    Scenario: A direct message in Symphony reaches only its recipient
      When Ada sends "I found your glove" to Ben directly
      Then only Ben can read "I found your glove"

    @needs:third-person
    Scenario: A direct message to two reaches only both
      Given Ada opened a direct conversation with Ben and Cleo
      When Ada sends "Whose glove is this?" to Ben and Cleo directly
      Then only Ben and Cleo can read "Whose glove is this?"
      And there is only one direct conversation with Ben and Cleo

    @human
    Scenario: The author of the latest Symphony message is answered directly
      Given Ben sent "Has anybody seen my glove?"
      When Ada sends "I found it" directly to the author of the latest message
      Then only Ben can read "I found it"

  Rule: There is one private conversation with the same people

    Scenario: A direct conversation in Symphony opened twice is the same
      Given Ada opened a direct conversation with Ben
      When Ada sends "Still there?" to Ben directly
      Then there is only one direct conversation with Ben
      And only Ben can read "Still there?"

    Scenario: A conversation without another member is refused
      When Ada tries to open a direct conversation with no other member
      Then it is refused because a conversation needs another member
