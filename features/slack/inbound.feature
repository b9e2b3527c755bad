@needs:app-token
Feature: Being spoken to
  Ada hears what is said in the channel as it is said, and knows when she is meant. What is said while the line is down
  reaches her once it is up again.

  Rule: What is said in the channel is heard

    # SLK-100, SLK-101
    @human
    Scenario: Ben says something
      Given Ada listens to the channel
      When Ben says "Is anybody here?" in the channel
      Then Ada hears "Is anybody here?"
      And "Is anybody here?" came from Ben

    # SLK-031, SLK-101, SLK-102
    @human
    Scenario: Ben calls on Ada, and is answered
      Given Ada listens to the channel
      When Ben calls on Ada with "do you have a glove of mine?"
      Then Ada hears "do you have a glove of mine?"
      And "do you have a glove of mine?" was meant for Ada
      And Ada can quote "do you have a glove of mine?" in "You asked me"
      And "You asked me" can be read in plain words

    # SLK-101
    @sandbox-only
    Scenario: Each thing is heard once, and Ada does not hear herself
      Given Ada listens to the channel
      And Ada has sent "Talking to myself"
      And Ben calls on Ada with "the first thing"
      When Ben says "the second thing" in the channel
      Then Ada hears each of these once:
        | the first thing  |
        | the second thing |

    # SLK-120
    @sandbox-only
    Scenario: Ada hangs up
      Given Ada listens to the channel
      When Ada hangs up
      Then Slack has no line to Ada any more

  Rule: Slack renews connections as it likes, and nothing is lost

    # SLK-104
    @sandbox-only
    Scenario Outline: Slack <does>
      Given Ada listens to the channel
      And Slack <does>
      When Ben says "said in between" in the channel
      Then Ada hears each of these once:
        | said in between |

      Examples:
        | does                           |
        | renews the connection          |
        | warns that the connection ends |
        | cuts the connection            |
