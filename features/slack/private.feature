Feature: Talking in private
  What is meant for one person or two is said in a conversation of their own, which no one else can read.

  Rule: A private conversation is opened once

    Scenario: A direct conversation in Slack opened twice is the same
      Given Ada opened a direct conversation with Ben
      When Ada opens a direct conversation with Ben
      Then there is only one direct conversation with Ben

    Scenario: Ada writes to Ben alone
      When Ada sends "Is this your glove?" to Ben directly
      Then only Ben can read "Is this your glove?"

    @needs:second-user
    Scenario: Ada writes to Ben and Cleo
      When Ada sends "Whose of you is this?" to Ben and Cleo directly
      Then only Ben and Cleo can read "Whose of you is this?"

  Rule: Whoever spoke in the channel can be answered in private

    @needs:user-token @serial:slack
    Scenario: The author of the latest Slack message is answered directly
      Given Ben sent "I lost a glove"
      When Ada sends "I have found one" directly to the author of the latest message
      Then only Ben can read "I have found one"
