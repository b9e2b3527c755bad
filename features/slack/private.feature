Feature: Talking in private
  What is meant for one person or two is said in a conversation of their own, which nobody else can read.

  Rule: A private conversation is opened once

    # SLK-091
    Scenario: It is the same one each time
      When Ada opens a private conversation with Ben
      Then opening it with Ben again leads to the same

    # SLK-090, SLK-091
    Scenario: Ada writes to Ben alone
      When Ada says "Is this your glove?" to Ben in private
      Then only Ben can read "Is this your glove?"

    # SLK-095
    @needs:second-user
    Scenario: Ada writes to Ben and Cleo
      When Ada says "Whose of you is this?" to Ben and Cleo in private
      Then only Ben and Cleo can read "Whose of you is this?"

  Rule: Whoever spoke in the channel can be answered in private

    # SLK-092
    @needs:user-token @serial:slack
    Scenario: Ben spoke last
      Given Ben has sent "I lost a glove"
      When Ada answers whoever spoke last with "I have found one" in private
      Then "I have found one" has reached Ben in private
