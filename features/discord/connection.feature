Feature: Connecting a bot to Discord
  A bot acts for its team only while Discord accepts its token and its gateway session. Whoever runs one needs to see which account
  it is, and why a connection is refused.

  Rule: A bot with a valid token is connected

    @smoke
    Scenario: A valid token connects Ada to the gateway as a bot
      When Ada connects to the gateway
      Then the gateway session belongs to Ada
      And Ada is identified as a bot

    Scenario: A gateway session can be closed and opened again
      When Ada opens and closes 2 gateway sessions
      Then every gateway session belonged to Ada and is closed

  Rule: An invalid token is refused

    Scenario Outline: An invalid token does not let a bot <act>
      When Ada tries to <act> with an invalid token
      Then it is refused because the token is not valid

      Examples:
        | act                    |
        | call the API           |
        | connect to the gateway |

  Rule: A privileged intent must be enabled for the application

    @sandbox-only
    Scenario: A session with the presence intent needs it enabled
      The sandbox turns the intents off in the developer portal.

      Given Ada lacks the privileged intents
      When Ada tries to connect to the gateway with the presence intent
      Then it is refused because the presence intent is not enabled
