Feature: Answering, passing on and attaching
  Symphony has no call by which a bot replies or forwards. A card that quotes stands in for both; files go along with a message.

  Rule: An answer quotes what it answers

    # SYM-081
    Scenario: A question and its answer
      Given Ada has sent "Whose glove is this?"
      When Ada answers "Whose glove is this?" with "It is mine" in a card
      Then "It is mine" quotes "Whose glove is this?"

  Rule: What is passed on says where it comes from

    # SYM-082
    Scenario: Passing a message on
      Given Ada has sent "One red glove"
      When Ada passes "One red glove" on as "Seen this?" in a card
      Then "Seen this?" tells where "One red glove" comes from

  Rule: A file comes out as it went in

    # SYM-083
    Scenario: A small text
      When Ada attaches "notes.txt" to "The minutes of today"
      Then "The minutes of today" carries the file "notes.txt"
      And "The minutes of today" reads as it was sent
