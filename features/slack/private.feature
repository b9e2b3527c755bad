Feature: Direct messages
  A direct conversation has two or more members, and only they can read its messages.

  Rule: There is one direct conversation for the same members

    Scenario: A direct conversation in Slack opened twice is the same
      Given Ada opened a direct conversation with Ben
      When Ada opens a direct conversation with Ben
      Then there is only one direct conversation with Ben

    Scenario: Only its recipient reads a Slack direct message
      When Ada sends "Is this your branch?" to Ben directly
      Then only Ben can read "Is this your branch?"

    @needs:second-user
    Scenario: Only its members read a Slack group message
      When Ada sends "Whose of you is this?" to Ben and Cleo directly
      Then only Ben and Cleo can read "Whose of you is this?"

  Rule: The author of a channel message can be answered directly

    @needs:user-token @serial:slack
    Scenario: The author of the latest Slack message is answered directly
      Given Ben sent "The build is red"
      When Ada sends "I have found one" directly to the author of the latest message
      Then only Ben can read "I have found one"
