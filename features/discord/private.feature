Feature: Sending direct messages in Discord
  Some messages are meant for one person only.

  Rule: Only the recipient can read a direct message

    Scenario: A direct message in Discord reaches only its recipient
      When Ada sends "Your access expires tomorrow" to Ben directly
      Then only Ben can read "Your access expires tomorrow"

    @human
    Scenario: The author of the latest Discord message is answered directly
      Given Ben sent "Does my access expire?"
      When Ada sends "It expires tomorrow" directly to the author of the latest message
      Then only Ben can read "It expires tomorrow"

  Rule: There is one direct conversation with each user

    Scenario: A direct conversation in Discord opened twice is the same
      Given Ada opened a direct conversation with Ben
      When Ada opens a direct conversation with Ben
      Then there is only one direct conversation with Ben

  Rule: Not every account accepts direct messages

    Scenario: No direct conversation is opened with an unknown Discord account
      When Ada tries to open a direct conversation with an account that does not exist
      Then it is refused because the account does not exist

    @sandbox-only
    Scenario: A Discord user who accepts no direct messages gets none
      The sandbox closes the direct messages of Ben.

      Given Ben accepts no direct messages
      When Ada tries to send "Your access expires tomorrow" to Ben directly
      Then it is refused because Ben accepts no direct messages
