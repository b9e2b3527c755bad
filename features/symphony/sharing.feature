Feature: Replying, forwarding and sharing files
  Symphony has no bot API for replies and forwards. A card that quotes the original replaces both; files are attached to a message.

  Rule: A reply quotes the original message

    Scenario: A reply in a card quotes its question
      Given Ada sent "Whose trade is this?"
      When Ada replies to "Whose trade is this?" with "It is mine" in a card
      Then "It is mine" quotes "Whose trade is this?"

  Rule: A forwarded message names its source

    Scenario: A forwarded message shows its source in a card
      Given Ada sent "Settlement is late"
      When Ada forwards "Settlement is late" as "Seen this?" in a card
      Then "Seen this?" shows the text, channel and author of "Settlement is late"

  Rule: Attachments are downloaded unchanged

    Scenario: Files attached in Symphony are downloaded unchanged
      When Ada sends "The minutes of today" with these files:
        | notes.txt | text |
        | core.dump | binary |
      Then every file of "The minutes of today" can be downloaded unchanged

  Rule: A file has a maximum size

    @resource-intensive
    Scenario: A file of the maximum size is kept by Symphony
      When Ada sends "Image of the build machine" with these files:
        | disk.img | the maximum size |
      Then every file of "Image of the build machine" can be downloaded unchanged

    @resource-intensive
    Scenario: Symphony refuses a file one byte over the maximum size
      When Ada tries to send "Image of the build machine" with these files:
        | disk.img | one byte more |
      Then it is refused because the file is too large
