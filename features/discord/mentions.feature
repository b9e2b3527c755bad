Feature: Mentioning users and channels in Discord
  Whoever is mentioned is notified. A bot notifies those it means, and no one else by accident.

  Rule: Exactly those who are meant are mentioned

    Scenario: A Discord user is mentioned by id
      When Ada mentions Ben in "please review the release notes"
      Then "please review the release notes" mentions Ben

    Scenario: A user and a channel are mentioned in one Discord message
      When Ada mentions Ben and the channel in "has the release notes"
      Then "has the release notes" mentions Ben and the channel

    @sandbox-only
    Scenario Outline: A Discord bot with the permission can mention <audience>
      Live it would notify strangers; the sandbox has none.

      When Ada mentions <audience> in "the servers restart at noon"
      Then "the servers restart at noon" mentions <audience>

      Examples:
        | audience  |
        | @everyone |
        | @here     |

    @sandbox-only
    Scenario: A Discord role that anyone may mention is mentioned
      Live it would notify strangers; the sandbox has none.

      When Ada mentions a role in "the new rota is ready"
      Then "the new rota is ready" mentions a role

  Rule: No one is mentioned by accident

    Scenario: Writing "@everyone" as text mentions no one in Discord
      When Ada sends "As @everyone knows, @here means now"
      Then "As @everyone knows, @here means now" mentions no one

    Scenario: Mentioning the Discord channel alone mentions no user
      When Ada mentions the channel in "has the release notes"
      Then "has the release notes" mentions the channel
