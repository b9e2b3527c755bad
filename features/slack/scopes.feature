@sandbox-only
Feature: What an app was given leave to do
  Whoever installs an app decides what it may do. What it was given no leave to do is refused, saying which leave is
  wanting, so that somebody can put it right.

  Rule: A refusal names the leave that is wanting

    Scenario: Ada has no leave to write
      Given Ada has no leave to write
      When Ada tries to send "May I?"
      Then it is refused because the app lacks the scope

    Scenario: Ada has no leave to read what was said
      Given Ada has no leave to read the history
      When Ada tries to read the last 10 messages
      Then it is refused because the app lacks the scope

    Scenario: Ada has no leave to look people up
      Given Ada has no leave to look people up
      When Ada tries to look up an account that never was
      Then it is refused because the app lacks the scope

    Scenario: Ada has no leave to look channels up
      Given Ada has no leave to look channels up
      When Ada tries to look up a channel that never was
      Then it is refused because the app lacks the scope

    Scenario: Ada has no leave to react
      Given Ada has no leave to react
      And Ada has sent "Is this liked?"
      When Ada tries to put heart below "Is this liked?"
      Then it is refused because the app lacks the scope

    Scenario: Ada has no leave to open private conversations
      Given Ada has no leave to open private conversations
      When Ada tries to open a private conversation with Ben
      Then it is refused because the app lacks the scope

    # SLK-096
    Scenario: Ada has no leave to attach files
      Given Ada has no leave to attach files
      When Ada tries to attach "glove.txt" to "Look at this"
      Then it is refused because the app lacks the scope
