Feature: Mentioning users and channels
  A mention contains the id of a user or channel; Slack shows the current name and notifies the user. A plain name does not.

  Rule: Users and channels are mentioned by id

    Scenario: A message mentions a user and a channel
      When Ada mentions Ben and the channel in "Please have a look"
      Then "Please have a look" mentions Ben and the channel

    Scenario: A name written as text mentions no one in Slack
      When Ada sends "@ben, is this yours?"
      Then "@ben, is this yours?" mentions no one

  Rule: A whole audience can be mentioned

    @sandbox-only
    Scenario Outline: A Slack message mentions <audience>
      Live it would notify strangers; the sandbox has none.

      When Ada mentions <audience> in "Who reviews the release?"
      Then "Who reviews the release?" mentions <audience>

      Examples:
        | audience            |
        | @here     |
        | @channel  |
        | @everyone |

    @sandbox-only
    Scenario: A message in the general channel mentions everyone
      Live it would notify strangers; the sandbox has none.

      When Ada mentions @everyone in "Fire drill"
      Then "Fire drill" mentions @everyone
