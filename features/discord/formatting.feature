Feature: Formatting messages
  Reports read better with a word in bold, a command in its own letters and figures in columns. What a bot formats must reach
  its readers that way.

  Rule: Every style reaches the reader

    Scenario: Bold, italic and code in one message
      When Ada sends "Release notes" with these parts:
        | bold   | Ready to ship    |
        | italic | since noon       |
        | code   | npm ci           |
        | python | print("Hello!")  |
      Then "Release notes" shows everything as it was meant

    # DIS-071
    Scenario: The same, read without any formatting
      When Ada sends "Release notes" with these parts:
        | bold   | Ready to ship    |
        | italic | since noon       |
        | block  | 1 < 2 && "true"  |
      Then "Release notes" can be read in plain words

    Scenario: A style does not run into what it holds
      When Ada sends "Release notes" with these parts:
        | bold | 2*3 = 6 and snake_case |
        | code | a `tick` inside        |
      Then "Release notes" shows everything as it was meant
      And "Release notes" can be read in plain words

  Rule: A table is shown with its head and every row

    # DIS-060
    Scenario: What is tested, in three columns
      When Ada shows the table "State of things":
        | Feature   | Status  | Notes              |
        | Messages  | ✅ done | plain and formatted |
        | Reactions | ✅ done | four of them       |
        | Threads   | ✅ done | with replies       |
        | History   | ✅ done | page by page       |
        | Presence  | started |                    |
      Then "State of things" shows everything as it was meant
