Feature: Talking in threads
  A thread keeps a conversation together and the channel readable.

  Rule: A thread hangs below the message it is about

    # DIS-050
    Scenario: A thread is opened
      Given Ada has sent "One red glove"
      When Ada opens the thread "Whose is it?" below "One red glove"
      Then the thread "Whose is it?" hangs below "One red glove"
      And the thread "Whose is it?" closes after an hour of silence

    # DIS-052
    Scenario: The message tells of its thread
      Given Ada has sent "One red glove"
      When Ada opens the thread "Whose is it?" below "One red glove"
      Then "One red glove" reports the thread "Whose is it?"

    Scenario: One thread is enough
      Given Ada has sent "One red glove"
      And Ada has opened the thread "Whose is it?" below "One red glove"
      When Ada tries to open the thread "Anybody's?" below "One red glove"
      Then it is refused because there is a thread already

  Rule: What is said in a thread stays in the thread

    # DIS-051
    Scenario: Two messages
      Given Ada has sent "One red glove"
      And Ada has opened the thread "Whose is it?" below "One red glove"
      And Ada has said "Not mine" in the thread "Whose is it?"
      When Ada says "Mine is blue" in the thread "Whose is it?"
      Then the thread "Whose is it?" holds "Not mine" and "Mine is blue"

    @sandbox-only
    Scenario: Somebody else joins in
      Given Ada has sent "One red glove"
      And Ada has opened the thread "Whose is it?" below "One red glove"
      When Ben says "Mine!" in the thread "Whose is it?"
      Then the thread "Whose is it?" holds "Mine!"
