Feature: Reading the message history
  A bot reads the earlier messages of a room, newest first.

  Rule: The newest messages come first

    Scenario: The last ten messages come newest first in Symphony
      Given Ada sent, one after the other:
        | First  |
        | Second |
        | Third  |
      When Ada reads the last 10 messages
      Then between 1 and 10 messages are returned, newest first
      And the messages include, newest first:
        | Third  |
        | Second |
        | First  |

    Scenario: Messages before a Symphony message exclude it
      Given Ada sent, one after the other:
        | First  |
        | Second |
        | Third  |
      When Ada reads the 2 messages before "Third"
      Then the messages are exactly, newest first:
        | Second |
        | First  |

    Scenario: Messages after a Symphony message exclude it
      Given Ada sent, one after the other:
        | First  |
        | Second |
        | Third  |
      When Ada reads the 2 messages after "First"
      Then the messages are exactly, newest first:
        | Third  |
        | Second |

  Rule: An empty room has an empty history

    Scenario: An empty Symphony room returns no messages
      Given Ada created the room "Quiet"
      When Ada reads the history of the room "Quiet"
      Then no messages are returned

  Rule: A history request has a start time and a limit

    Scenario: A history of more than 500 messages is refused
      When Ada tries to read the last 501 messages
      Then it is refused because the number is out of range

    Scenario: A Symphony history without a start time is refused
      When Ada tries to read the history without a start time
      Then it is refused because the start time is missing

    @sandbox-only
    Scenario: A bot cannot read a Symphony room it has left
      The sandbox takes the bot out of the room.

      Given Ada left the room of the tests
      When Ada tries to read the last 10 messages
      Then it is refused because Ada is not a member of the room
