Feature: Attaching files
  Logs and reports go along with a message as files. They must come out as they went in.

  Rule: A file comes out as it went in

    # DIS-027
    Scenario: A small text
      When Ada attaches "notes.txt" to "The minutes of today"
      Then "The minutes of today" carries the file "notes.txt"
      And "The minutes of today" reads as it was sent

  Rule: Attaching takes a permission

    @sandbox-only
    Scenario: A bot that may only write
      Given Ada may not attach files
      When Ada tries to attach "notes.txt" to "The minutes of today"
      Then it is refused because a permission is missing
