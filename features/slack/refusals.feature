Feature: Refused messages
  Slack refuses a message that it cannot post, with an error code that names the reason.

  Rule: A message must have content within the limits

    Scenario: An empty Slack message is refused
      When Ada tries to send an empty message
      Then it is refused because the message is empty

    Scenario: A Slack edit over the maximum length is refused
      Given Ada sent "A short story"
      When Ada tries to edit "A short story" to a text over the maximum length
      Then it is refused because the text is too long

    Scenario: A message with an unknown block type is refused
      When Ada tries to send a message with an unknown block type
      Then it is refused because the block type is unknown

  Rule: Posting needs membership and permission

    Scenario: A message to an unknown Slack channel is refused
      When Ada tries to send a message to a channel that does not exist
      Then it is refused because the channel does not exist

    @sandbox-only
    Scenario Outline: A message is refused because <why>
      The sandbox takes the bot out of the channel, archives it or closes it to writers.

      Given <circumstance>
      When Ada tries to send "May I?"
      Then it is refused because <why>

      Examples:
        | circumstance                      | why                                  |
        | Ada is not in the channel         | Ada is not in the channel            |
        | the channel is archived           | the channel is archived              |
        | the channel is read-only | the channel is read-only |

  Rule: Only the author can change a message

    @needs:user-token
    Scenario: A bot cannot edit another user's Slack message
      Given Ben sent "My own words"
      When Ada tries to edit "My own words" to "Your own words"
      Then it is refused because Ben is its author

    @needs:user-token
    Scenario: A bot cannot delete another user's Slack message
      Given Ben sent "My own words"
      When Ada tries to delete "My own words"
      Then it is refused because only Ben can delete it

    Scenario: Editing an unknown Slack message is refused
      When Ada tries to edit a message that does not exist to "Deploy at two"
      Then it is refused because the message does not exist
