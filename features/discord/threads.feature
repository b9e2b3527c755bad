Feature: Talking in Discord threads
  A thread keeps a conversation together and the channel readable.

  Rule: A thread belongs to the message it was started on

    Scenario: A Discord thread belongs to its message and archives itself
      Given Ada sent "Build 42 failed"
      When Ada starts the thread "Cause" on "Build 42 failed"
      Then the thread "Cause" belongs to "Build 42 failed"
      And the thread "Cause" is archived after 60 minutes of inactivity

    Scenario: A Discord message links to its thread
      Given Ada sent "Build 42 failed"
      When Ada starts the thread "Cause" on "Build 42 failed"
      Then "Build 42 failed" links to the thread "Cause"

    Scenario: A Discord message has one thread at most
      Given Ada sent "Build 42 failed"
      And Ada started the thread "Cause" on "Build 42 failed"
      When Ada tries to start the thread "Another cause" on "Build 42 failed"
      Then it is refused because the message already has a thread

  Rule: Messages of a thread stay in the thread

    Scenario: Messages sent in a Discord thread are not in the channel
      Given Ada sent "Build 42 failed"
      And Ada started the thread "Cause" on "Build 42 failed"
      And Ada sent "A test timed out" in the thread "Cause"
      When Ada sends "The database was down" in the thread "Cause"
      Then the thread "Cause" contains exactly:
        | A test timed out      |
        | The database was down |

    @sandbox-only
    Scenario: A user's message appears in the Discord thread
      The sandbox writes in the thread as Ben.

      Given Ada sent "Build 42 failed"
      And Ada started the thread "Cause" on "Build 42 failed"
      When Ben sends "The database was down" in the thread "Cause"
      Then the thread "Cause" contains exactly:
        | The database was down |
