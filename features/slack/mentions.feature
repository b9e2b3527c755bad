Feature: Mentioning people and channels
  A mention calls someone by their id, whatever they are called today; only that form notifies them.

  Rule: People and channels are mentioned by id

    Scenario: Ben and the channel are mentioned
      When Ada mentions Ben and the channel in "Please have a look"
      Then "Please have a look" mentions Ben and the channel

    Scenario: A name written as text mentions no one in Slack
      When Ada sends "@ben, is this yours?"
      Then "@ben, is this yours?" mentions no one

  Rule: A whole audience can be called on, which is done on sandboxes only

    @sandbox-only
    Scenario Outline: Ada mentions <audience> in Slack
      Live it would notify strangers; the sandbox has none.

      When Ada mentions <audience> in "Whose glove is this?"
      Then "Whose glove is this?" mentions <audience>

      Examples:
        | audience            |
        | @here     |
        | @channel  |
        | @everyone |

    @sandbox-only
    Scenario: Everyone in the workspace can be mentioned
      Live it would notify strangers; the sandbox has none.

      When Ada mentions @everyone in "Fire drill"
      Then "Fire drill" mentions @everyone
