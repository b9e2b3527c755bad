Feature: Getting in
  An agent has one permanent key. Everything it does is done with a pass that the key is exchanged for, and that it
  never has to think about.

  Rule: The key alone lets an agent in

    # COL-001, COL-002, COL-031
    @smoke
    Scenario: An agent sees who it is
      When Ada looks at the own profile
      Then it is Ada's profile

    # COL-007
    Scenario: An agent may ask several things at once
      When Ada looks at the own profile 3 times at once
      Then it is Ada's profile

  Rule: A pass that has run out is replaced without anybody noticing

    # COL-003, COL-033
    @sandbox-only
    Scenario: The pass ran out overnight
      Given Ada's token has expired
      When Ada looks at the own profile
      Then it is Ada's profile

  Rule: An agent can see how much it may still do

    # COL-028
    Scenario: The budget is told with every answer
      Then Ada knows how many calls are left
