Feature: Receiving messages over the Discord gateway
  A bot that is mentioned must receive the message, whether or not its connection holds.

  Rule: A bot receives the messages of its channel

    @human
    Scenario: A mention of the bot arrives over the gateway
      Given Ada is listening to the channel
      When Ben mentions Ada in "what is the status of build 42?"
      Then Ada receives "what is the status of build 42?" from Ben
      And "what is the status of build 42?" mentions Ada

    @human
    Scenario: A bot answers a Discord mention with a quote
      Given Ada is listening to the channel
      And Ben mentioned Ada in "what is the status of build 42?"
      And Ada received "what is the status of build 42?" from Ben
      When Ada quotes "what is the status of build 42?" in "You asked"
      Then "You asked" quotes "what is the status of build 42?"

    @human
    Scenario: A message without a mention arrives over the gateway
      Given Ada is listening to the channel
      When Ben sends "Deploying in ten minutes"
      Then Ada receives "Deploying in ten minutes" from Ben
      And "Deploying in ten minutes" mentions no one

  Rule: An interrupted connection loses no message

    @sandbox-only
    Scenario Outline: No message is lost when Discord <interruption>
      The sandbox breaks the connection at the moment that the scenario needs.

      Given Ada is listening to the channel
      And Discord <interruption> of Ada
      And Ben sent "Deploying in ten minutes"
      When Ben sends "Deployment done"
      Then Ada receives exactly these messages:
        | Deploying in ten minutes |
        | Deployment done          |
      And Ada's gateway session was resumed

      Examples:
        | interruption         |
        | requests a reconnect |
        | drops the connection |
