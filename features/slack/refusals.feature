Feature: What a channel does not take
  Slack refuses what cannot be posted, and says why in one word.

  Rule: There must be something to say, and it must fit

    Scenario: An empty message is refused by Slack
      When Ada tries to send an empty message
      Then it is refused because the message is empty

    Scenario: An edit over the maximum length is refused
      Given Ada sent "A short story"
      When Ada tries to edit "A short story" to a text over the maximum length
      Then it is refused because the text is too long

    Scenario: The layout is not one of Slack's
      When Ada tries to send a message with an unknown block type
      Then it is refused because the block type is unknown

  Rule: Only members write, and only where writing is allowed

    Scenario: A channel that does not exist is refused in Slack (refusals)
      When Ada tries to send a message to a channel that does not exist
      Then it is refused because the channel does not exist

    @sandbox-only
    Scenario Outline: Ada may not write there: <why>
      The sandbox takes the bot out of the channel, archives it or closes it to writers.

      Given <circumstance>
      When Ada tries to send "May I?"
      Then it is refused because <why>

      Examples:
        | circumstance                      | why                                  |
        | Ada is not in the channel         | Ada is not in the channel            |
        | the channel is archived           | the channel is archived              |
        | the channel is read-only | the channel is read-only |

  Rule: A message belongs to its author

    @needs:user-token
    Scenario: Ada cannot edit what Ben sent in Slack
      Given Ben sent "My own words"
      When Ada tries to edit "My own words"
      Then it is refused because Ben is its author

    @needs:user-token
    Scenario: Ada cannot delete what Ben sent in Slack
      Given Ben sent "My own words"
      When Ada tries to delete "My own words"
      Then it is refused because only Ben can delete it

    Scenario: A message that does not exist is refused in Slack
      When Ada tries to edit a message that does not exist
      Then it is refused because the message does not exist
