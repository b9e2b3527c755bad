Feature: Reacting to messages with emoji
  Members react to a message with emoji. Each member can add each emoji once.

  Rule: Reactions are added and removed one at a time

    Scenario: One of four Slack reactions is removed
      Given Ada sent "Shall we ship today?"
      And Ada reacted to "Shall we ship today?" with thumbs up, thumbs down, party popper and heart
      When Ada removes thumbs down from "Shall we ship today?"
      Then "Shall we ship today?" has exactly these reactions: thumbs up, party popper and heart

    Scenario: A single Slack reaction is counted once
      Given Ada sent "Shipped!"
      When Ada reacts to "Shipped!" with party popper
      Then "Shipped!" has exactly these reactions: party popper

    Scenario: Removing the last Slack reaction leaves none
      Given Ada sent "Shipped!"
      And Ada reacted to "Shipped!" with heart
      When Ada removes heart from "Shipped!"
      Then "Shipped!" has no reactions

  Rule: A reaction cannot be added twice or removed when absent

    Scenario: Adding the same reaction again is refused
      Given Ada sent "Shipped!"
      And Ada reacted to "Shipped!" with heart
      When Ada tries to react to "Shipped!" with heart
      Then it is refused because Ada has already added it

    Scenario: Removing a reaction that was not added is refused
      Given Ada sent "Shipped!"
      When Ada tries to remove heart from "Shipped!"
      Then it is refused because Ada has not added it

  Rule: The emoji and the message must exist

    Scenario: A reaction with an unknown emoji is refused
      Given Ada sent "Shipped!"
      When Ada tries to react to "Shipped!" with an unknown emoji
      Then it is refused because the emoji does not exist

    Scenario: A reaction to an unknown Slack message is refused
      When Ada tries to react to a message that does not exist with heart
      Then it is refused because the message does not exist
