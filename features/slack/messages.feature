Feature: Sending messages
  Members of a channel read a message as the bot sent it, until the bot edits or deletes it.

  Rule: A message reads as it was sent

    Scenario: A plain Slack message reads as it was sent
      When Ada sends "Standup moves to 10:30"
      Then "Standup moves to 10:30" reads as it was sent
      And the permalink of "Standup moves to 10:30" leads to it

    Scenario: A Slack message of the maximum length is kept whole
      When Ada sends "A long story", padded to the maximum length
      Then "A long story" reads as it was sent

    Scenario: Bold, italic and code are kept in Slack
      When Ada sends "Formatted" with these parts:
        | bold   | Release 2.4           |
        | italic | since this morning    |
        | code   | npm run build         |
        | block  | 412 passed, 0 failed  |
      Then "Formatted" reads as it was sent
      And "Formatted" reads, without any formatting:
        | bold   | Release 2.4           |
        | italic | since this morning    |
        | code   | npm run build         |
        | block  | 412 passed, 0 failed  |

    Scenario: Text that looks like Slack markup stays plain text
      When Ada sends "Ops & QA < 2 builds > 0 <@U012AB3CD> *really*"
      Then "Ops & QA < 2 builds > 0 <@U012AB3CD> *really*" reads as it was sent
      And "Ops & QA < 2 builds > 0 <@U012AB3CD> *really*" mentions no one

    Scenario: A web address becomes a link
      When Ada sends "See https://example.com/builds?branch=main&limit=7 soon"
      Then "See https://example.com/builds?branch=main&limit=7 soon" reads as it was sent

  Rule: The author may edit and delete a message

    Scenario: An edited Slack message shows its new text
      Given Ada sent "Deploy at noon"
      When Ada edits "Deploy at noon" to "Deploy at two"
      Then "Deploy at two" reads as it was sent

    Scenario: A deleted Slack message can no longer be read
      Given Ada sent "Said too soon"
      When Ada deletes "Said too soon"
      Then "Said too soon" can no longer be read
