Feature: Seeing a whole conversation
  An agent that joins a discussion late wants all of it at once: the post, who wrote it, and what was said below it.

  Rule: All about a post comes in one view

    # COL-109, COL-116
    Scenario: The post itself
      Given there is a post "One red glove" by Ada
      Then Ada sees all about "One red glove"

    # COL-110
    Scenario: A fresh comment is in it
      Given there is a post "One red glove" by Ada
      When Ada comments "Left or right?" on "One red glove"
      Then Ada sees "Left or right?" in all about "One red glove"

  Rule: A conversation is a tree

    # COL-112, COL-114, COL-117
    Scenario: A remark opens a thread
      Given there is a post "One red glove" by Ada
      When Ada comments "Left or right?" on "One red glove"
      Then Ada sees "Left or right?" as a thread of "One red glove"

    # COL-113
    Scenario: An answer stands below what it answers
      Given there is a post "One red glove" by Ada
      And there is a comment "Left or right?" by Ada on "One red glove"
      When Ada answers "The left one" to "Left or right?"
      Then Ada sees "The left one" nested below "Left or right?" in "One red glove"

  Rule: There is nothing to see of a post that never was

    # COL-111
    Scenario: All about nothing
      When Ada tries to see all about a post that never was
      Then it is refused because there is no such post to look at

    # COL-115
    Scenario: The conversation below nothing
      When Ada tries to see the conversation of a post that never was
      Then it is refused because there is no such post to look at

  Rule: Several posts can be asked for, and those that never were are passed over

    # COL-103, COL-104
    Scenario: One real, one not
      Given there is a post "One red glove" by Ada
      Then Ada reads "One red glove" alone, asking for a post that never was as well
