@needs:app-token
Feature: Being spoken to
  Ada hears what is said in the channel as it is said, and knows when she is meant. What is said while the line is down
  reaches her once it is up again.

  Rule: Messages of the channel are received

    @human
    Scenario: A message of Ben is received over Socket Mode
      Given Ada is listening to the channel
      When Ben sends "Is anybody here?"
      Then Ada receives "Is anybody here?" from Ben

    @human
    Scenario: A mention of the Slack bot is answered with a quote
      Given Ada is listening to the channel
      And Ben mentioned Ada in "do you have a glove of mine?"
      And Ada received "do you have a glove of mine?" from Ben
      When Ada quotes "do you have a glove of mine?" in "You asked me"
      Then "You asked me" quotes "do you have a glove of mine?"

    @sandbox-only
    Scenario: Each message is received once, and none of the bot's own
      Who writes and in which order is the sandbox’s doing: the messages are compared word by word.

      Given Ada is listening to the channel
      And Ada sent "Talking to myself"
      And Ben mentioned Ada in "the first thing"
      When Ben sends "the second thing"
      Then Ada receives exactly these messages:
        | the first thing  |
        | the second thing |

    @sandbox-only
    Scenario: Ada closes the connection
      The sandbox counts the connections of the app, which Slack does not tell.

      Given Ada is listening to the channel
      When Ada closes the connection
      Then Slack has no open connection of Ada

  Rule: Slack renews connections as it likes, and nothing is lost

    @sandbox-only
    Scenario Outline: Slack <does> in Slack
      The sandbox ends the connection at the moment that the scenario needs.

      Given Ada is listening to the channel
      And Slack <does>
      When Ben sends "said in between"
      Then Ada receives exactly these messages:
        | said in between |

      Examples:
        | does                           |
        | renews the connection          |
        | warns that the connection ends |
        | cuts the connection            |
