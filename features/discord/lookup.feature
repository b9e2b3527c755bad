Feature: Looking up Discord guilds, channels and users
  People say "Ben" and "general", Discord uses ids. A bot must find one by the other, and report when no account has the name.

  Rule: A bot knows its guild and its channel

    Scenario: The guild is listed among the guilds of the bot
      When Ada lists her guilds
      Then the guild of the tests is listed once, with its name

    Scenario: A Discord channel is found by its id
      When Ada looks up the channel by id
      Then the channel of the tests is found
      And the channel is a text channel of the guild

    Scenario: A Discord channel is found by its name in any case
      When Ada looks up the channel by name
      Then the channel of the tests is found

  Rule: Users are found by id and by name

    Scenario: A Discord user is found by id, with a profile
      When Ada looks up Ben by id
      Then the account of Ben is found
      And the profile of Ben has a username, a discriminator and no bot flag

    Scenario Outline: A Discord user is found by <kind> in any case
      When Ada looks up Ben by <kind>
      Then the account of Ben is found

      Examples:
        | kind         |
        | name         |
        | display name |

    Scenario: No Discord user is found by an unknown name
      When Ada looks up a name that no account has
      Then no account is found

  Rule: What does not exist or is hidden cannot be looked up

    Scenario Outline: Looking up <target> in Discord is refused
      When Ada tries to look up <target>
      Then it is refused because <reason>

      Examples:
        | target                       | reason                     |
        | an account that does not exist | the account does not exist |
        | a channel that does not exist  | the channel does not exist |
        | a guild that does not exist    | the guild does not exist   |

    @sandbox-only
    Scenario: A channel hidden from the bot cannot be looked up
      The sandbox hides a channel from the bot.

      When Ada tries to look up a channel hidden from her
      Then it is refused because Ada has no access to the channel
