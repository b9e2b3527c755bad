Feature: Talking below a message
  A thread keeps a conversation together below the message it began with, and out of everybody else's way.

  Rule: Replies stand in the thread, and the message counts them

    # SLK-050, SLK-051
    Scenario: Two replies
      Given Ada has sent "Whose glove is this?"
      And Ada has opened the thread "Owners" below "Whose glove is this?"
      And Ada has said "Not mine" in the thread "Owners"
      When Ada says "Nor mine" in the thread "Owners"
      Then the thread "Owners" holds "Not mine" and "Nor mine"
      And "Whose glove is this?" counts 2 replies

    # SLK-051
    Scenario: A thread is the message it hangs on
      Given Ada has sent "Whose glove is this?"
      When Ada opens the thread "Owners" below "Whose glove is this?"
      Then the thread "Owners" hangs below "Whose glove is this?"

    # SLK-093
    Scenario: Ada replies to a message
      Given Ada has sent "Is anybody here?"
      When Ada replies to "Is anybody here?" with "I am"
      Then "I am" is a reply to "Is anybody here?"

  Rule: A reply may be shown to the channel, too

    # SLK-052
    Scenario: A reply for all to see
      Given Ada has sent "Whose glove is this?"
      When Ada replies to "Whose glove is this?" for all to see with "It is Ben's"
      Then "It is Ben's" stands in the channel and below "Whose glove is this?"

  Rule: What Slack says itself takes no replies

    # SLK-052
    Scenario: Somebody joined
      Given Cleo has joined the channel
      When Ada tries to reply to the news that somebody joined
      Then it is refused because it takes no replies
