Feature: Showing a table
  Slack's text knows no tables. A table is shown as a block of text with its columns lined up.

  Rule: Head, rule and every row can be read

    Scenario: A table of features
      When Ada sends "How far we are" with this table:
        | Feature   | Status | Notes              |
        | Messages  | done   | plain & formatted  |
        | Reactions | done   | four of them       |
        | Threads   | done   | with replies       |
        | Files     | open   | up to 1 GB         |
        | Presence  | open   | bots only < people |
      Then "How far we are" reads as it was sent
