Feature: Authenticating with Slack
  Ada is the bot user of a Slack app that is installed in a workspace. She authenticates with the app's bot token,
  which decides what she may do.

  Rule: The bot token identifies the bot

    @smoke
    Scenario: The bot token identifies Ada and her workspace
      When Ada looks up her own account
      Then Ada is identified as a bot
      And the account of Ada is found

  Rule: A call needs a valid token of the right type

    Scenario: A Slack call without a token is refused
      When Ada tries to sign in with no token
      Then it is refused because there is no token

    Scenario: A Slack call with an unknown token is refused
      When Ada tries to sign in with an unknown token
      Then it is refused because the token is unknown

    @needs:app-token
    Scenario: An app-level token cannot call bot methods
      When Ada tries to sign in with the app-level token
      Then it is refused because the token type is not allowed

    @needs:user-token
    Scenario: A user token cannot open a Socket Mode connection
      When Ada tries to sign in with Ben's user token
      Then it is refused because the token type is not allowed

    @sandbox-only
    Scenario Outline: A Slack token that <ended> is refused
      The sandbox ends the token; live nothing would bring the app’s own token back.

      Given the token of Ada <ended>
      When Ada tries to sign in with her token
      Then it is refused because <reason>

      Examples:
        | ended            | reason                          |
        | was revoked | the token was revoked           |
        | has expired | the token has expired           |
        | belongs to a deactivated account | the account is no longer active |
