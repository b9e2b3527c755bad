Feature: What a channel does not take
  Slack refuses what cannot be posted, and says why in one word.

  Rule: There must be something to say, and it must fit

    # SLK-023
    Scenario: Nothing is said
      When Ada tries to send nothing
      Then it is refused because it says nothing

    Scenario: An edit is too long
      Given Ada has sent "A short story"
      When Ada tries to change "A short story" to more than it may hold
      Then it is refused because it is too long

    Scenario: The layout is not one of Slack's
      When Ada tries to send a layout that Slack does not know
      Then it is refused because its layout is not valid

  Rule: Only members write, and only where writing is allowed

    # SLK-023, SLK-015
    Scenario: There is no such channel
      When Ada tries to send something to a channel that never was
      Then it is refused because there is no such channel

    # SLK-023
    @sandbox-only
    Scenario Outline: Ada may not write there: <why>
      Given <circumstance>
      When Ada tries to send "May I?"
      Then it is refused because <why>

      Examples:
        | circumstance                      | why                                  |
        | Ada is not in the channel         | Ada is not in the channel            |
        | the channel is archived           | the channel is archived              |
        | the channel is for announcements  | only announcements are allowed there |

  Rule: A message belongs to its author

    @needs:user-token
    Scenario: Ada cannot change what Ben said
      Given Ben has sent "My own words"
      When Ada tries to change "My own words"
      Then it is refused because it is not hers to change

    @needs:user-token
    Scenario: Ada cannot take back what Ben said
      Given Ben has sent "My own words"
      When Ada tries to take "My own words" back
      Then it is refused because it is not hers to take back

    Scenario: There is no such message
      When Ada tries to change a message that never was
      Then it is refused because there is no such message
