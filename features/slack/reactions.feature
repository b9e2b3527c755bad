Feature: Reacting to messages
  A reaction says in one sign what would take a sentence. Each person gives each sign once.

  Rule: Reactions are put and taken off one by one

    # SLK-040, SLK-041
    Scenario: Four reactions, of which one is taken off
      Given Ada has sent "Shall we keep the glove?"
      And Ada has put thumbs up, thumbs down, party popper and heart below "Shall we keep the glove?"
      When Ada takes thumbs down off "Shall we keep the glove?"
      Then "Shall we keep the glove?" has the reactions thumbs up, party popper and heart

    # SLK-042
    Scenario: One reaction counts one
      Given Ada has sent "Found!"
      When Ada puts party popper below "Found!"
      Then "Found!" has the reactions party popper

    # SLK-041
    Scenario: The last reaction is taken off
      Given Ada has sent "Found!"
      And Ada has put heart below "Found!"
      When Ada takes heart off "Found!"
      Then "Found!" has no reaction

  Rule: What is so already cannot be made so

    # SLK-040
    Scenario: Ada has reacted so already
      Given Ada has sent "Found!"
      And Ada has put heart below "Found!"
      When Ada tries to put heart below "Found!"
      Then it is refused because she has reacted so already

    # SLK-041
    Scenario: Ada has not reacted so
      Given Ada has sent "Found!"
      When Ada tries to take heart off "Found!"
      Then it is refused because there is no such reaction

  Rule: Emoji and message must be there

    # SLK-043
    Scenario: There is no such emoji
      Given Ada has sent "Found!"
      When Ada tries to react to "Found!" with an emoji nobody knows
      Then it is refused because there is no such emoji

    # SLK-043
    Scenario: There is no such message
      When Ada tries to put heart below a message that never was
      Then it is refused because there is no such message
