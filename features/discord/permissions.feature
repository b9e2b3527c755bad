Feature: Doing only what one may
  The guild decides what a bot may do. Whatever it was not granted is turned away, and says so.

  Rule: What was not granted is turned away

    # DIS-111
    @sandbox-only
    Scenario: A bot that may not speak
      Given Ada may not send messages
      When Ada tries to send "One red glove"
      Then it is refused because a permission is missing

    @sandbox-only
    Scenario: A bot that may not open threads
      Given Ada has sent "One red glove"
      And Ada may not open threads
      When Ada tries to open the thread "Whose is it?" below "One red glove"
      Then it is refused because a permission is missing

    @sandbox-only
    Scenario: A bot that may not see the channel
      Given Ada may not see the channel
      When Ada tries to send "One red glove"
      Then it is refused because the bot cannot see it

    @sandbox-only
    Scenario: A bot that may not take back the words of others
      Given Ben has sent "One red glove"
      And Ada may not manage messages
      When Ada tries to take "One red glove" back
      Then it is refused because a permission is missing
