Feature: Formatting messages
  What is written once, for any platform, must reach Symphony's readers as it was meant: words in bold, code, tables, people and
  subjects.

  Rule: Every style reaches the reader

    Scenario: Bold, italic and code in one message
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

  Rule: Subjects and shares become tags

    Scenario: A hashtag and a cashtag
      When Ada sends "News" with these parts:
        | hashtag | chatom |
        | cashtag | AAPL   |
      Then "News" reads as it was sent

  Rule: A table is shown with its head and every row

    Scenario: What is tested, in three columns
      When Ada sends "State of things" with this table:
        | Feature   | Status  | Notes               |
        | Messages  | ✅ done | plain & formatted   |
        | Mentions  | ✅ done | by number           |
        | Rooms     | ✅ done | opened and closed   |
        | History   | ✅ done | newest first        |
        | Presence  | started |                     |
      Then "State of things" reads as it was sent
