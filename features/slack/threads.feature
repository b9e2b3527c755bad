Feature: Threads
  Replies in a thread belong to its parent message and do not appear in the channel, unless they are sent there too.

  Rule: The parent message counts the replies of its thread

    Scenario: Two replies are counted in a Slack thread
      Given Ada sent "Who reviews the release?"
      And Ada started the thread "Release review" on "Who reviews the release?"
      And Ada sent "Not mine" in the thread "Release review"
      When Ada sends "Nor mine" in the thread "Release review"
      Then the thread "Release review" contains exactly:
        | Not mine |
        | Nor mine |
      And "Who reviews the release?" counts 2 replies

    Scenario: A single reply of a Slack thread is read by itself
      Given Ada sent "Who reviews the release?"
      And Ada started the thread "Release review" on "Who reviews the release?"
      And Ada sent "Not mine" in the thread "Release review"
      And Ada sent "Nor mine" in the thread "Release review"
      When Ada sends "Ask Ben" in the thread "Release review"
      Then "Nor mine" reads as it was sent

    Scenario: A Slack thread belongs to its parent message
      Given Ada sent "Who reviews the release?"
      When Ada starts the thread "Release review" on "Who reviews the release?"
      Then the thread "Release review" belongs to "Who reviews the release?"

    Scenario: A reply appears in the Slack thread only
      Given Ada sent "Is anybody here?"
      When Ada replies to "Is anybody here?" with "I am"
      Then "I am" is a reply to "Is anybody here?"

  Rule: A reply can also be sent to the channel

    Scenario: A thread reply can also be sent to the channel
      Given Ada sent "Who reviews the release?"
      When Ada replies to "Who reviews the release?" with "Ben does", also sent to the channel
      Then "Ben does" is both in the channel and in the thread of "Who reviews the release?"

  Rule: System messages accept no replies

    Scenario: A join message accepts no replies in Slack
      Given Cleo joined the channel
      When Ada tries to reply to a join message
      Then it is refused because a join message accepts no replies
