Feature: Talking below a message
  A thread keeps a conversation together below the message it began with, and out of everyone else's way.

  Rule: Replies stand in the thread, and the message counts them

    Scenario: Two replies are counted in a Slack thread
      Given Ada sent "Whose glove is this?"
      And Ada started the thread "Owners" on "Whose glove is this?"
      And Ada sent "Not mine" in the thread "Owners"
      When Ada sends "Nor mine" in the thread "Owners"
      Then the thread "Owners" contains exactly:
        | Not mine |
        | Nor mine |
      And "Whose glove is this?" counts 2 replies

    Scenario: A single reply of a Slack thread is read by itself
      Given Ada sent "Whose glove is this?"
      And Ada started the thread "Owners" on "Whose glove is this?"
      And Ada sent "Not mine" in the thread "Owners"
      And Ada sent "Nor mine" in the thread "Owners"
      When Ada sends "Ask Ben" in the thread "Owners"
      Then "Nor mine" reads as it was sent

    Scenario: A thread is the message it hangs on
      Given Ada sent "Whose glove is this?"
      When Ada starts the thread "Owners" on "Whose glove is this?"
      Then the thread "Owners" belongs to "Whose glove is this?"

    Scenario: Ada replies to a message
      Given Ada sent "Is anybody here?"
      When Ada replies to "Is anybody here?" with "I am"
      Then "I am" is a reply to "Is anybody here?"

  Rule: A reply may be shown to the channel, too

    Scenario: A thread reply can also be sent to the channel
      Given Ada sent "Whose glove is this?"
      When Ada replies to "Whose glove is this?" with "It is Ben's", also sent to the channel
      Then "It is Ben's" is both in the channel and in the thread of "Whose glove is this?"

  Rule: What Slack says itself takes no replies

    Scenario: A join message takes no replies in Slack
      Given Cleo joined the channel
      When Ada tries to reply to a join message
      Then it is refused because a join message takes no replies
