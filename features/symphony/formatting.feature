Feature: Formatting messages
  What is written once, for any platform, must reach Symphony's readers as it was meant: words in bold, code, tables, people and
  subjects.

  Rule: Every style reaches the reader

    # SYM-022
    Scenario: Bold, italic and code in one message
      When Ada sends "Release notes" with these parts:
        | bold   | Ready to ship    |
        | italic | since noon       |
        | code   | npm ci           |
        | block  | 1 < 2 && "true"  |
      Then "Release notes" shows everything as it was meant
      And "Release notes" can be read in plain words

  Rule: Subjects and shares become tags

    # SYM-031
    Scenario: A hashtag and a cashtag
      When Ada sends "News" with these parts:
        | hashtag | chatom |
        | cashtag | AAPL   |
      Then "News" shows everything as it was meant

  Rule: A table is shown with its head and every row

    # SYM-040
    Scenario: What is tested, in three columns
      When Ada shows the table "State of things":
        | Feature   | Status  | Notes               |
        | Messages  | ✅ done | plain & formatted   |
        | Mentions  | ✅ done | by number           |
        | Rooms     | ✅ done | opened and closed   |
        | History   | ✅ done | newest first        |
        | Presence  | started |                     |
      Then "State of things" shows everything as it was meant
