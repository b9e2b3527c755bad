Feature: Signing in to a workspace
  The suite speaks as Ada, the bot of an app that was installed in a workspace. Slack knows her by the app's token,
  and lets her do what the app was given leave to do.

  Rule: The token alone says who Ada is

    @smoke
    Scenario: Ada is known as the bot of the workspace
      When Ada looks up her own account
      Then Ada is identified as a bot
      And the account of Ada is found

  Rule: Without the right token no one gets in

    Scenario: A call without a token is refused by Slack
      When Ada tries to sign in with no token
      Then it is refused because there is no token

    Scenario: An unknown token is refused by Slack
      When Ada tries to sign in with an unknown token
      Then it is refused because the token is unknown

    @needs:app-token
    Scenario: The token of the app is not the token of its bot
      When Ada tries to sign in with the token of the app
      Then it is refused because the token is of the wrong kind

    @needs:user-token
    Scenario: The token of a person opens no connection for an app
      When Ada tries to sign in with the token of Ben
      Then it is refused because the token is of the wrong kind

    @sandbox-only
    Scenario Outline: A token that <ended> is refused
      The sandbox ends the token; live nothing would bring the app’s own token back.

      Given the token of Ada <ended>
      When Ada tries to sign in with her token
      Then it is refused because <reason>

      Examples:
        | ended            | reason                          |
        | was revoked | the token was revoked           |
        | has expired | the token has expired           |
        | belongs to a deactivated account | the account is no longer active |
