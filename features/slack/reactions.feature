Feature: Reacting to messages
  A reaction says in one sign what would take a sentence. Each person gives each sign once.

  Rule: Reactions are put and taken off one by one

    Scenario: Four reactions, of which one is taken off
      Given Ada sent "Shall we keep the glove?"
      And Ada reacted to "Shall we keep the glove?" with thumbs up, thumbs down, party popper and heart
      When Ada removes thumbs down from "Shall we keep the glove?"
      Then "Shall we keep the glove?" has exactly the reactions thumbs up, party popper and heart

    Scenario: One reaction counts one
      Given Ada sent "Found!"
      When Ada reacts to "Found!" with party popper
      Then "Found!" has exactly the reactions party popper

    Scenario: The last reaction is taken off
      Given Ada sent "Found!"
      And Ada reacted to "Found!" with heart
      When Ada removes heart from "Found!"
      Then "Found!" has no reactions

  Rule: What is so already cannot be made so

    Scenario: Ada has reacted so already
      Given Ada sent "Found!"
      And Ada reacted to "Found!" with heart
      When Ada tries to react to "Found!" with heart
      Then it is refused because Ada has already added it

    Scenario: Ada has not reacted so
      Given Ada sent "Found!"
      When Ada tries to remove heart from "Found!"
      Then it is refused because Ada has not added it

  Rule: Emoji and message must be there

    Scenario: A Slack emoji that does not exist is refused
      Given Ada sent "Found!"
      When Ada tries to react to "Found!" with an unknown emoji
      Then it is refused because the emoji does not exist

    Scenario: A message that does not exist is refused
      When Ada tries to react to a message that does not exist with heart
      Then it is refused because the message does not exist
