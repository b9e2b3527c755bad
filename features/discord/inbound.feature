Feature: Hearing what others say
  A bot that is called must hear it, whether or not its connection holds.

  Rule: Whoever calls the bot is heard

    # DIS-100, DIS-101
    @human
    Scenario: Ben calls
      Given Ada listens to the channel
      When Ben calls on Ada with "are you there?"
      Then Ada hears "are you there?"
      And "are you there?" was meant for Ada

    # DIS-102
    @human
    Scenario: The bot answers with what it heard
      Given Ada listens to the channel
      When Ben calls on Ada with "are you there?"
      Then Ada hears "are you there?"
      And Ada can quote "are you there?" in "I heard"

    @sandbox-only
    Scenario: Ben says something to nobody in particular
      Given Ada listens to the channel
      When Ben says "It is raining" in the channel
      Then Ada hears "It is raining"

  Rule: A broken connection loses nothing

    @sandbox-only
    Scenario: Discord asks for another connection
      Given Ada listens to the channel
      And Discord asks Ada to connect again
      And Ben says "One" in the channel
      When Ben says "Two" in the channel
      Then Ada hears each of these once:
        | One |
        | Two |
      And the session of Ada goes on

    @sandbox-only
    Scenario: The connection breaks
      Given Ada listens to the channel
      And the connection of Ada breaks
      And Ben says "One" in the channel
      When Ben says "Two" in the channel
      Then Ada hears each of these once:
        | One |
        | Two |
      And the session of Ada goes on
