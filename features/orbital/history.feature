Feature: Past positions
  Whoever settles an argument about a late delivery looks at where the courier has been.

  Rule: The newest comes first, and only as many as were asked for

    # ORB-037
    @needs:mongodb
    Scenario: The last few
      Given Ada reported 6 positions at once
      When Ada looks at the last 4 positions
      Then the 4 newest positions of Ada are shown, newest first

    @needs:mongodb
    Scenario: Twenty, unless told otherwise
      Given Ada reported 22 positions at once
      When Ada looks at the past positions
      Then the 20 newest positions of Ada are shown, newest first

    @needs:mongodb
    Scenario: Nobody else's
      Given Ben reported 3 positions at once
      And Ada reported 2 positions at once
      When Ada looks at the past positions
      Then the 2 newest positions of Ada are shown, newest first

    Scenario Outline: <count> is <what>
      When Ada tries to look at the last <count> positions
      Then it is refused because the number of entries is wrong

      Examples:
        | count | what     |
        | 0     | too few  |
        | 101   | too many |
