Feature: Formatting Discord messages
  Reports are easier to read with bold words, commands in monospace and figures in columns. What a bot formats must reach its
  readers that way.

  Rule: Every style reaches the reader

    Scenario: Bold, italic and code are kept in one Discord message
      When Ada sends "Release 4.2" with these parts:
        | bold   | Ready to ship   |
        | italic | since noon      |
        | code   | npm ci          |
        | python | print("Hello!") |
      Then "Release 4.2" reads as it was sent

    Scenario: A formatted Discord message can be read as plain text
      When Ada sends "Release 4.2" with these parts:
        | bold   | Ready to ship   |
        | italic | since noon      |
        | block  | 1 < 2 && "true" |
      Then "Release 4.2" reads, without any formatting:
        | bold   | Ready to ship   |
        | italic | since noon      |
        | block  | 1 < 2 && "true" |

    Scenario: Markup inside a formatted part stays literal
      When Ada sends "Release 4.2" with these parts:
        | bold | 2*3 = 6 and snake_case |
        | code | a `tick` inside        |
      Then "Release 4.2" reads, without any formatting:
        | bold | 2*3 = 6 and snake_case |
        | code | a `tick` inside        |

  Rule: A table is shown with its head and every row

    Scenario: A table in Discord keeps its columns and rows
      When Ada sends "Test progress" with this table:
        | Feature   | Status  | Notes               |
        | Messages  | ✅ done | plain and formatted |
        | Reactions | ✅ done | four of them        |
        | Threads   | ✅ done | with replies        |
        | History   | ✅ done | page by page        |
        | Presence  | started |                     |
      Then "Test progress" reads as it was sent
