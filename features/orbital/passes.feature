Feature: Passes
  A pass says who somebody is. Every call but logging in and asking for the backend's health wants a good one.

  Rule: Without a good pass nothing can be seen or done

    Scenario Outline: <pass>
      When Ada tries everything with <pass>
      Then all of it is refused, for nobody knows who she is
      And nothing is noted of Ada

      Examples:
        | pass                           |
        # ORB-010
        | no pass at all                 |
        # ORB-011
        | a pass that is no pass         |
        # ORB-012
        | a pass signed by somebody else |
        # ORB-013
        | a pass that has expired        |
        # ORB-014
        | a pass that nobody signed      |
