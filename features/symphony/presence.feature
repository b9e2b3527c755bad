Feature: Presence
  Symphony shows whether users and bots are available, busy or away.

  Rule: A bot sets its own presence

    @serial:symphony
    Scenario Outline: A Symphony bot can be shown as <presence>
      When Ada sets her presence to <presence>
      Then others see Ada as <presence>

      Examples:
        | presence       |
        | available      |
        | busy           |
        | do not disturb |
        | on the phone   |
        | in a meeting   |
        | be right back  |
        | away           |
        | out of office  |
        | off work       |
        | offline        |

    @serial:symphony
    Scenario: A busy Symphony bot becomes available again
      Given Ada set her presence to busy
      When Ada sets her presence to available
      Then others see Ada as available

    Scenario: A presence value unknown to Symphony is refused
      When Ada tries to set her presence to an unknown value
      Then it is refused because the presence does not exist

    @sandbox-only
    Scenario: A bot without the entitlement cannot set its presence
      The sandbox takes the entitlement from the bot.

      Given Ada lacks the entitlement to set her presence
      When Ada tries to set her presence to busy
      Then it is refused because Ada lacks the entitlement

  Rule: A user's presence is visible to the bot

    Scenario: The presence of a Symphony user can be read
      When Ada looks up Ben by id
      Then Ada can see the presence of Ben

    @human
    Scenario: A Symphony user who goes away is shown as away
      When Ben sets his presence to away
      Then others see Ben as away

    Scenario: The presence of an unknown Symphony user is refused
      When Ada tries to look up the presence of an account that does not exist
      Then it is refused because the account does not exist
