Feature: Receiving messages over the datafeed
  A bot receives every message that mentions it exactly once, even if the connection is interrupted.

  Rule: The bot receives messages that mention it

    @human
    Scenario: A mention of the Symphony bot arrives over the datafeed
      Given Ada is listening to the channel
      When Ben mentions Ada in "are you there?"
      Then Ada receives "are you there?" from Ben
      And "are you there?" mentions Ada

    @human
    Scenario: A Symphony mention is answered with a quote
      Given Ada is listening to the channel
      And Ben mentioned Ada in "are you there?"
      And Ada received "are you there?" from Ben
      When Ada quotes "are you there?" in "You asked"
      Then "You asked" quotes "are you there?"

    @human
    Scenario: Hashtags and cashtags of a received message are recognised
      Given Ada is listening to the channel
      When Ben sends "Look" with these parts:
        | hashtag | settlement |
        | cashtag | AAPL       |
      Then Ada receives "Look" from Ben
      And "Look" shows these parts:
        | hashtag | settlement |
        | cashtag | AAPL       |

  Rule: An interrupted datafeed neither loses nor repeats messages

    @sandbox-only
    Scenario: A datafeed read that is cut off is repeated
      The sandbox cuts the response at the moment that the scenario needs.

      Given Ada is listening to the channel
      And the pod cuts off Ada's next datafeed read
      And Ben sends "One"
      When Ben sends "Two"
      Then Ada receives exactly these messages:
        | One |
        | Two |

    @sandbox-only
    Scenario: A datafeed that the pod has deleted is replaced
      The sandbox deletes the datafeed without a call of the bot.

      Given Ada is listening to the channel
      And the pod has deleted Ada's datafeed
      And Ben sends "One"
      When Ben sends "Two"
      Then Ada receives exactly these messages:
        | One |
        | Two |

  Rule: The datafeed needs an entitlement

    @sandbox-only
    Scenario: A bot without the entitlement cannot read the datafeed
      The sandbox takes the entitlement from the bot.

      Given Ada lacks the entitlement to use the agent
      When Ada tries to send "Can you hear me?"
      Then it is refused because Ada lacks the entitlement
