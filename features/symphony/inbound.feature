Feature: Hearing what others say
  A bot that is called must hear it, once, whether or not the line holds.

  Rule: Whoever calls the bot is heard

    # SYM-090, SYM-091, SYM-093
    @human
    Scenario: Ben calls
      Given Ada listens to the channel
      When Ben calls on Ada with "are you there?"
      Then Ada hears "are you there?"
      And "are you there?" was meant for Ada

    # SYM-092
    @human
    Scenario: The bot answers with what it heard
      Given Ada listens to the channel
      When Ben calls on Ada with "are you there?"
      Then Ada hears "are you there?"
      And Ada can quote "are you there?" in "I heard"

    # SYM-092
    @human
    Scenario: Tags are read as words, and known for tags
      Given Ada listens to the channel
      When Ben says "Look" about the hashtag "gloves" and the cashtag "AAPL"
      Then Ada hears "Look"
      And "Look" is about the hashtag "gloves" and the cashtag "AAPL"

  Rule: A line that breaks loses nothing and repeats nothing

    @sandbox-only
    Scenario: It breaks in the middle of a sentence
      Given Ada listens to the channel
      And what Ada hears next breaks off in the middle
      And Ben says "One" in the channel
      When Ben says "Two" in the channel
      Then Ada hears each of these once:
        | One |
        | Two |

    # SYM-094
    @sandbox-only
    Scenario: The pod forgets that the bot listens
      Given Ada listens to the channel
      And the pod has forgotten the datafeed of Ada
      And Ben says "One" in the channel
      When Ben says "Two" in the channel
      Then Ada hears each of these once:
        | One |
        | Two |

  Rule: Hearing takes leave

    @sandbox-only
    Scenario: A bot without access to the agent
      Given the administrator does not let Ada use the agent
      When Ada tries to send "Can you hear me?"
      Then it is refused because Ada lacks the entitlement
