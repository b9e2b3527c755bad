Feature: Reading what was said
  A bot that comes late reads up. It sees the latest first and can leaf back and forth from any message.

  Background:
    Given Ada has sent, one after the other:
      | First  |
      | Second |
      | Third  |

  Rule: The latest comes first

    # DIS-070
    Scenario: The last ten
      When Ada reads the last 10 messages
      Then there are some, but at most 10, newest first
      And these are among them, newest first:
        | Third  |
        | Second |
        | First  |

  Rule: From any message one can leaf back and forth

    # DIS-072
    Scenario: Back
      When Ada reads the 2 messages before "Third"
      Then these are all of them, newest first:
        | Second |
        | First  |

    Scenario: Forth
      When Ada reads the 2 messages after "First"
      Then these are all of them, newest first:
        | Third  |
        | Second |

    Scenario: On both sides
      When Ada reads the 3 messages around "Second"
      Then these are all of them, newest first:
        | Third  |
        | Second |
        | First  |

  Rule: Nobody reads more than a hundred at once, or less than one

    Scenario Outline: <count> messages
      When Ada tries to read the last <count> messages
      Then it is refused because the number is out of range

      Examples:
        | count |
        | 101   |
        | 0     |

  Rule: Who may not read the history sees none of it

    # DIS-073
    @sandbox-only
    Scenario: An empty page instead of a refusal
      Given Ada may not read the history
      When Ada reads the last 10 messages
      Then there are none
