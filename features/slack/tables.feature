Feature: Sending tables
  Slack's message text has no tables. A table is sent as preformatted text with aligned columns.

  Rule: The header and every row are shown

    Scenario: A table keeps its columns in Slack
      When Ada sends "How far we are" with this table:
        | Feature   | Status | Notes              |
        | Messages  | done   | plain & formatted  |
        | Reactions | done   | four of them       |
        | Threads   | done   | with replies       |
        | Files     | open   | up to 1 GB         |
        | Presence  | open   | bots only < people |
      Then "How far we are" reads as it was sent
