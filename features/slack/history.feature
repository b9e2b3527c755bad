Feature: Reading what was said
  Everyone in a channel can read back what was said in it, newest first, page by page.

  Rule: The latest messages come first

    Scenario: The last ten messages come newest first
      Given Ada sent, one after the other:
        | First glove  |
        | Second glove |
        | Third glove  |
      When Ada reads the last 10 messages
      Then the messages include, newest first:
        | Third glove  |
        | Second glove |
        | First glove  |

    Scenario: No more messages are returned than requested
      Given Ada sent "One red glove"
      When Ada reads the last 5 messages
      Then between 1 and 5 messages are returned, newest first

    Scenario: A formatted Slack message can be read as plain text
      When Ada sends "In plain words" with these parts:
        | bold   | One red glove   |
        | italic | on the bench    |
        | code   | left & lonely   |
      Then "In plain words" reads, without any formatting:
        | bold   | One red glove   |
        | italic | on the bench    |
        | code   | left & lonely   |

    @serial:slack
    Scenario: A Slack history is read page by page
      Given Ada sent, one after the other:
        | Build 41 passed |
        | Build 42 failed |
        | Build 43 passed |
      When Ada reads the last 3 messages in pages of 2
      Then the messages are exactly, newest first:
        | Build 43 passed |
        | Build 42 failed |
        | Build 41 passed |

  Rule: History can be read around a message

    @serial:slack
    Scenario: Messages before a message exclude it
      Given Ada sent, one after the other:
        | First glove  |
        | Second glove |
        | Third glove  |
      When Ada reads the 2 messages before "Third glove"
      Then the messages are exactly, newest first:
        | Second glove |
        | First glove  |

    @serial:slack
    Scenario: Messages after a message exclude it
      Given Ada sent, one after the other:
        | First glove  |
        | Second glove |
        | Third glove  |
      When Ada reads the 1 message after "First glove"
      Then the messages are exactly, newest first:
        | Second glove |

  Rule: History is for members

    Scenario: Only members can read the history of a channel
      When Ada tries to read the history of a channel she is not in
      Then it is refused because Ada is not in the channel

    Scenario: A channel that does not exist is refused
      When Ada tries to read the history of a channel that does not exist
      Then it is refused because the channel does not exist
