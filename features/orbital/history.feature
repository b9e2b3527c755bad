Feature: Position history
  A dispatcher who clears up a late delivery looks at where the courier has been.

  Rule: The history lists the newest positions first, as many as were requested

    @needs:mongodb
    Scenario Outline: The history can be limited to the last <limit> positions
      Given Ada reported 6 positions at once
      When Ada views the last <limit> positions
      Then the <count> newest positions of Ada are listed, newest first

      Examples:
        | limit | count |
        | 1     | 1     |
        | 4     | 4     |
        | 100   | 6     |

    @needs:mongodb
    Scenario: The history lists twenty positions by default
      Given Ada reported 22 positions at once
      When Ada views the position history
      Then the 20 newest positions of Ada are listed, newest first

    @needs:mongodb
    Scenario: The history lists no positions of another courier
      Given Ben reported 3 positions at once
      And Ada reported 2 positions at once
      When Ada views the position history
      Then the 2 newest positions of Ada are listed, newest first

    Scenario Outline: The history cannot be limited to <count> positions
      When Ada tries to view the last <count> positions
      Then it is refused because the limit is invalid

      Examples:
        | count |
        | 0     |
        | 101   |
