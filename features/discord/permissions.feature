Feature: Keeping to the permissions of a Discord guild
  The guild decides what a bot may do. Whatever it has no permission for is refused.

  Rule: What a bot has no permission for is refused

    @sandbox-only
    Scenario Outline: A bot without <permission> cannot send a message
      The sandbox takes the permission from the bot.

      Given Ada lacks the permission <permission>
      When Ada tries to send "Build 42 passed"
      Then it is refused because <reason>

      Examples:
        | permission    | reason                           |
        | Send Messages | Ada lacks the permission         |
        | View Channels | Ada has no access to the channel |

    @sandbox-only
    Scenario: A bot without Create Public Threads cannot start a thread
      The sandbox takes the permission from the bot.

      Given Ada sent "Build 42 failed"
      And Ada lacks the permission Create Public Threads
      When Ada tries to start the thread "Cause" on "Build 42 failed"
      Then it is refused because Ada lacks the permission

    @sandbox-only
    Scenario: A bot without Manage Messages cannot delete a user's message
      The sandbox takes the permission from the bot.

      Given Ben sent "Build 42 failed"
      And Ada lacks the permission Manage Messages
      When Ada tries to delete "Build 42 failed"
      Then it is refused because Ada lacks the permission
