Feature: Answering, passing on and attaching
  Symphony has no call by which a bot replies or forwards. A card that quotes stands in for both; files go along with a message.

  Rule: An answer quotes what it answers

    Scenario: A question and its answer
      Given Ada sent "Whose glove is this?"
      When Ada replies to "Whose glove is this?" with "It is mine" in a card
      Then "It is mine" quotes "Whose glove is this?"

  Rule: What is passed on says where it comes from

    Scenario: Passing a message on
      Given Ada sent "One red glove"
      When Ada forwards "One red glove" as "Seen this?" in a card
      Then "Seen this?" shows the text, channel and author of "One red glove"

  Rule: A file comes out as it went in

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
