Feature: Writing to a channel
  What Ada writes to the channel can be read by everyone in it, as she meant it, until she takes it back.

  Rule: What was sent can be read

    Scenario: A plain message is read as sent
      When Ada sends "One red glove was found"
      Then "One red glove was found" reads as it was sent
      And the permalink of "One red glove was found" leads to it

    Scenario: A Slack message of the maximum length is kept whole
      When Ada sends "A long story", padded to the maximum length
      Then "A long story" reads as it was sent

    Scenario: Bold, italic and code are kept
      When Ada sends "Formatted" with these parts:
        | bold   | Lost and found        |
        | italic | since this morning    |
        | code   | glove --colour red    |
        | block  | 1 red glove, 0 owners |
      Then "Formatted" reads as it was sent
      And "Formatted" reads, without any formatting:
        | bold   | Lost and found        |
        | italic | since this morning    |
        | code   | glove --colour red    |
        | block  | 1 red glove, 0 owners |

    Scenario: What looks like markup stays what it is
      When Ada sends "Left & right < 2 gloves > 0 <@U012AB3CD> *really*"
      Then "Left & right < 2 gloves > 0 <@U012AB3CD> *really*" reads as it was sent
      And "Left & right < 2 gloves > 0 <@U012AB3CD> *really*" mentions no one

    Scenario: An address becomes a link
      When Ada sends "See https://example.com/gloves?colour=red&size=7 soon"
      Then "See https://example.com/gloves?colour=red&size=7 soon" reads as it was sent

  Rule: The author may edit and delete a message

    Scenario: An edited Slack message shows its new text
      Given Ada sent "One red glove"
      When Ada edits "One red glove" to "Two red gloves"
      Then "Two red gloves" reads as it was sent

    Scenario: A deleted Slack message can no longer be read
      Given Ada sent "Said too soon"
      When Ada deletes "Said too soon"
      Then "Said too soon" can no longer be read
