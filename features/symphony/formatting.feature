Feature: Formatting messages
  Formatting that is written once for all platforms is rendered in Symphony: bold, italic, code, tables, mentions and
  tags.

  Rule: Text styles are rendered

    Scenario: Bold, italic and code in one Symphony message
      When Ada sends "Release notes" with these parts:
        | bold   | Ready to ship    |
        | italic | since noon       |
        | code   | npm ci           |
        | block  | 1 < 2 && "true"  |
      Then "Release notes" reads as it was sent
      And "Release notes" reads, without any formatting:
        | bold   | Ready to ship    |
        | italic | since noon       |
        | code   | npm ci           |
        | block  | 1 < 2 && "true"  |

  Rule: Hashtags and cashtags become tags

    Scenario: A hashtag and a cashtag are sent
      When Ada sends "News" with these parts:
        | hashtag | chatom |
        | cashtag | AAPL   |
      Then "News" reads as it was sent

  Rule: A table is rendered with its header and every row

    Scenario: A table with three columns is rendered
      When Ada sends "State of things" with this table:
        | Feature   | Status  | Notes               |
        | Messages  | ✅ done | plain & formatted   |
        | Mentions  | ✅ done | by number           |
        | Rooms     | ✅ done | opened and closed   |
        | History   | ✅ done | newest first        |
        | Presence  | started |                     |
      Then "State of things" reads as it was sent
