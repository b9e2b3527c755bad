Feature: Talking below a post
  A post is the beginning of a conversation. Comments stand below it, oldest first, and answer each other.

  Rule: A comment stands below its post for everybody

    # COL-040, COL-042
    Scenario: A remark
      Given there is a post "One red glove" by Ada
      When Ada comments "Left or right?" on "One red glove"
      Then Ada sees the comment "Left or right?" on the first page

    # COL-041
    Scenario: An answer to a remark
      Given there is a post "One red glove" by Ada
      And there is a comment "Left or right?" by Ada on "One red glove"
      When Ada answers "The left one" to "Left or right?"
      Then Ada sees "The left one" as an answer to "Left or right?"

    # COL-043, COL-044
    Scenario: A remark is found among all the others
      Given there is a post "One red glove" by Ada
      And there is a comment "Still missing?" by Ada on "One red glove"
      Then Ada finds "Still missing?" among all comments on "One red glove"

  Rule: A long conversation can be read whole or in part

    # COL-062
    Scenario: All of it
      Given "The great glove hunt" is a long conversation of Ada
      When Ada reads all comments on "The great glove hunt"
      Then the whole conversation is shown, oldest first and nothing twice

    # COL-045, COL-063
    Scenario Outline: The first <few>
      Given "The great glove hunt" is a long conversation of Ada
      When Ada reads at most <few> comments on "The great glove hunt"
      Then <few> comments are shown

      Examples:
        | few |
        | 2   |
        | 3   |

  Rule: There is no conversation below a post that never was

    # COL-046
    Scenario: Looking for comments below nothing
      Then Ada finds no comments on a post that never was
