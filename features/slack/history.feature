Feature: Reading the message history
  Members of a channel can read its earlier messages, newest first, one page at a time.

  Rule: The newest messages come first

    Scenario: The last ten Slack messages come newest first
      Given Ada sent, one after the other:
        | First build  |
        | Second build |
        | Third build  |
      When Ada reads the last 10 messages
      Then the messages include, newest first:
        | Third build  |
        | Second build |
        | First build  |

    Scenario: A history page has at most the requested number of messages
      Given Ada sent "Deploy at noon"
      When Ada reads the last 5 messages
      Then between 1 and 5 messages are returned, newest first

    Scenario: A formatted Slack message can be read as plain text
      When Ada sends "In plain words" with these parts:
        | bold   | Deploy at noon  |
        | italic | on the bench    |
        | code   | left & lonely   |
      Then "In plain words" reads, without any formatting:
        | bold   | Deploy at noon  |
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

  Rule: The history can start or end at a message

    @serial:slack
    Scenario: Slack messages before a message exclude that message
      Given Ada sent, one after the other:
        | First build  |
        | Second build |
        | Third build  |
      When Ada reads the 2 messages before "Third build"
      Then the messages are exactly, newest first:
        | Second build |
        | First build  |

    @serial:slack
    Scenario: Slack messages after a message exclude that message
      Given Ada sent, one after the other:
        | First build  |
        | Second build |
        | Third build  |
      When Ada reads the 1 message after "First build"
      Then the messages are exactly, newest first:
        | Second build |

  Rule: Only members can read a channel's history

    Scenario: A bot outside a channel cannot read its history
      When Ada tries to read the history of a channel she is not in
      Then it is refused because Ada is not in the channel

    Scenario: The history of an unknown Slack channel is refused
      When Ada tries to read the history of a channel that does not exist
      Then it is refused because the channel does not exist
