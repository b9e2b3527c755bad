Feature: Reading what was said
  A bot that comes late reads up, the latest first.

  Rule: The latest comes first

    # SYM-050, SYM-052
    Scenario: The last ten
      Given Ada has sent, one after the other:
        | First  |
        | Second |
        | Third  |
      When Ada reads the last 10 messages
      Then there are some, but at most 10, newest first
      And these are among them, newest first:
        | Third  |
        | Second |
        | First  |

    Scenario: Back from a message
      Given Ada has sent, one after the other:
        | First  |
        | Second |
        | Third  |
      When Ada reads the 2 messages before "Third"
      Then these are all of them, newest first:
        | Second |
        | First  |

    Scenario: Forth from a message
      Given Ada has sent, one after the other:
        | First  |
        | Second |
        | Third  |
      When Ada reads the 2 messages after "First"
      Then these are all of them, newest first:
        | Third  |
        | Second |

  Rule: An empty room is no error

    # SYM-051
    Scenario: Nobody has said anything yet
      Given Ada has opened the room "Quiet"
      When Ada reads the room "Quiet"
      Then there are none

  Rule: A history has a beginning and a size

    # SYM-051
    Scenario: More than five hundred at once
      When Ada tries to read the last 501 messages
      Then it is refused because the number is out of range

    # SYM-051
    Scenario: Since nobody knows when
      When Ada tries to read the history without saying since when
      Then it is refused because it does not say since when

    @sandbox-only
    Scenario: A room the bot has left
      Given Ada has left the room they all talk in
      When Ada tries to read the last 10 messages
      Then it is refused because Ada is no member
