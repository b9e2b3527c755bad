Feature: Reacting to messages
  A reaction says "seen" or "well done" without another line to read. A bot that counts votes, or gives them, relies on each
  standing exactly once.

  Rule: Reactions stand below the message, each once

    # DIS-040
    Scenario: Four of them
      Given Ada has sent "The glove was found"
      When Ada puts thumbs up, thumbs down, party popper and heart below "The glove was found"
      Then "The glove was found" has the reactions thumbs up, thumbs down, party popper and heart

    # DIS-042
    Scenario: Twice is as good as once
      Given Ada has sent "The glove was found"
      And Ada has put thumbs up below "The glove was found"
      When Ada puts thumbs up below "The glove was found"
      Then "The glove was found" has the reactions thumbs up

  Rule: A reaction can be taken off again

    # DIS-041
    Scenario: One of four
      Given Ada has sent "The glove was found"
      And Ada has put thumbs up, thumbs down, party popper and heart below "The glove was found"
      When Ada takes thumbs down off "The glove was found"
      Then "The glove was found" has the reactions thumbs up, party popper and heart

    Scenario: The only one
      Given Ada has sent "The glove was found"
      And Ada has put heart below "The glove was found"
      When Ada takes heart off "The glove was found"
      Then "The glove was found" has no reaction

  Rule: What cannot be reacted with, or to, is turned away

    # DIS-043
    Scenario: No emoji at all
      Given Ada has sent "The glove was found"
      When Ada tries to react with an emoji that never was to "The glove was found"
      Then it is refused because there is no such emoji

    @sandbox-only
    Scenario Outline: A bot that may not <act>
      Given Ada has sent "The glove was found"
      And Ada may not <act>
      When Ada tries to put heart below "The glove was found"
      Then it is refused because a permission is missing

      Examples:
        | act              |
        | add reactions    |
        | read the history |

    Scenario: A message that never was
      When Ada tries to put heart below a message that never was
      Then it is refused because there is no such message
