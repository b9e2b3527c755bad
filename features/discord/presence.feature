Feature: Showing and seeing presence in Discord
  Before people ask a bot, they look whether it is online, and what it is doing.

  Rule: Others see the presence that a bot sets

    @serial:discord
    Scenario: A Discord bot that does not want to be disturbed is shown as busy
      When Ada sets her presence to busy with the text "Running the acceptance suite"
      Then others see Ada as busy

    @serial:discord
    Scenario: A busy Discord bot becomes available again
      Given Ada set her presence to busy with the text "Running the acceptance suite"
      When Ada sets her presence to available with the text "Waiting for a build"
      Then others see Ada as available

    @serial:discord
    Scenario: A Discord bot that is away is shown as away
      When Ada sets her presence to away with the text "Restarting at noon"
      Then others see Ada as away

  Rule: A bot with the presence intent sees the presence of users

    Scenario: A Discord bot can see the presence of a user
      When Ada connects to the gateway
      Then Ada can see the presence of Ben

    @human
    Scenario: A Discord user who goes away is shown as away
      When Ben sets his presence to away
      Then others see Ben as away
