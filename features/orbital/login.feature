Feature: Logging in
  Couriers log in by phone. What they get is a pass, which they show with everything they do.

  Rule: The right phone and password give a pass

    # ORB-001, ORB-006
    @smoke
    Scenario: A courier logs in
      Given Ada is a courier who is offline
      When Ada logs in
      Then the pass shows that she is Ada
      And the account of Ada shows a courier who is offline

  Rule: Whoever guesses learns nothing, not even which of the two was wrong

    # ORB-002
    Scenario: A wrong password
      When Ada tries to log in with a wrong password
      Then it is refused because phone or password is wrong

    # ORB-003
    Scenario: A phone nobody has
      When Ada tries to log in with a phone nobody has
      Then it is refused because phone or password is wrong

  Rule: Whoever was switched off stays out

    # ORB-004
    Scenario: The right password of an account that is switched off
      Given the account of Ada is switched off
      When Ada tries to log in
      Then it is refused because the account is switched off

  Rule: What is missing is named

    # ORB-005
    Scenario Outline: Without the <field>
      When Ada tries to log in without a <field>
      Then it is refused because the <field> is missing

      Examples:
        | field    |
        | phone    |
        | password |
