@needs:app-token
Feature: Receiving messages over Socket Mode
  Ada's app receives the messages of its channels over a WebSocket connection, mentions of the bot included. Events
  that occur while the connection is down are delivered after it is restored.

  Rule: The app receives the messages of its channels

    @human
    Scenario: A message from Ben is received over Socket Mode
      Given Ada is listening to the channel
      When Ben sends "Is anybody here?"
      Then Ada receives "Is anybody here?" from Ben

    @human
    Scenario: A mention of the Slack bot is answered with a quote
      Given Ada is listening to the channel
      And Ben mentioned Ada in "is staging up?"
      And Ada received "is staging up?" from Ben
      When Ada quotes "is staging up?" in "You asked me"
      Then "You asked me" quotes "is staging up?"

    @sandbox-only
    Scenario: Each message arrives once, and the bot's own do not arrive
      Who writes and in which order is the sandbox’s doing: the messages are compared word by word.

      Given Ada is listening to the channel
      And Ada sent "Talking to myself"
      And Ben mentioned Ada in "the first thing"
      When Ben sends "the second thing"
      Then Ada receives exactly these messages:
        | the first thing  |
        | the second thing |

    @sandbox-only
    Scenario: A closed Socket Mode connection receives no messages
      The sandbox counts the connections of the app, which Slack does not report.

      Given Ada is listening to the channel
      When Ada closes the connection
      Then Ada has no open connection to Slack

  Rule: No message is lost when a connection is replaced

    @sandbox-only
    Scenario Outline: Messages still arrive after Slack <does>
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
