Feature: Reading what was said
  Everybody in a channel can read back what was said in it, newest first, page by page.

  Rule: The latest messages come first

    # SLK-070
    Scenario: The last ten
      Given Ada has sent, one after the other:
        | First glove  |
        | Second glove |
        | Third glove  |
      When Ada reads the last 10 messages
      Then these are among them, newest first:
        | Third glove  |
        | Second glove |
        | First glove  |

    # SLK-070
    Scenario: At most as many as asked for
      Given Ada has sent "One red glove"
      When Ada reads the last 5 messages
      Then there are some, but at most 5, newest first

    # SLK-071
    Scenario: What was formatted reads as plain words
      When Ada sends "In plain words" with these parts:
        | bold   | One red glove   |
        | italic | on the bench    |
        | code   | left & lonely   |
      Then "In plain words" can be read in plain words

  Rule: History can be read around a message

    # SLK-072
    @serial:slack
    Scenario: What came right before
      Given Ada has sent, one after the other:
        | First glove  |
        | Second glove |
        | Third glove  |
      When Ada reads the 2 messages before "Third glove"
      Then these are all of them, newest first:
        | Second glove |
        | First glove  |

    # SLK-072
    @serial:slack
    Scenario: What came right after
      Given Ada has sent, one after the other:
        | First glove  |
        | Second glove |
        | Third glove  |
      When Ada reads the 1 message after "First glove"
      Then these are all of them, newest first:
        | Second glove |

  Rule: History is for members

    # SLK-072
    Scenario: Ada is not in the channel
      Given there is a channel that Ada is not in
      When Ada tries to read what was said there
      Then it is refused because Ada is not in the channel

    Scenario: There is no such channel
      When Ada tries to read the history of a channel that never was
      Then it is refused because there is no such channel
