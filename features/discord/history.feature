Feature: Reading the history of a Discord channel
  A bot that joins late reads the history. It gets the latest messages first, and pages back and forth from any message.

  Background:
    Given Ada sent, one after the other:
      | Build 41 passed |
      | Build 42 failed |
      | Build 43 passed |

  Rule: The latest messages come first

    Scenario: The last ten messages of a Discord channel come newest first
      When Ada reads the last 10 messages
      Then between 1 and 10 messages are returned, newest first
      And the messages include, newest first:
        | Build 43 passed |
        | Build 42 failed |
        | Build 41 passed |

  Rule: The history can be read on either side of a message

    Scenario: Messages before a Discord message exclude it and later ones
      When Ada reads the 2 messages before "Build 43 passed"
      Then the messages are exactly, newest first:
        | Build 42 failed |
        | Build 41 passed |

    Scenario: Messages after a Discord message exclude it and earlier ones
      When Ada reads the 1 message after "Build 41 passed"
      Then the messages are exactly, newest first:
        | Build 42 failed |

    Scenario: Messages around a Discord message include it
      Given Ada sent, one after the other:
        | Build 44 passed |
        | Build 45 passed |
      When Ada reads the 3 messages around "Build 43 passed"
      Then the messages are exactly, newest first:
        | Build 44 passed |
        | Build 43 passed |
        | Build 42 failed |

  Rule: A page has between 1 and 100 messages

    Scenario Outline: A page of <count> messages is refused
      When Ada tries to read the last <count> messages
      Then it is refused because the limit is <reason>

      Examples:
        | count | reason            |
        | 101   | over the maximum  |
        | 0     | under the minimum |

  Rule: Reading needs the permission Read Message History

    @sandbox-only
    Scenario: A bot without Read Message History gets an empty page
      The sandbox takes the permission from the bot.

      Given Ada lacks the permission Read Message History
      When Ada reads the last 10 messages
      Then no messages are returned
