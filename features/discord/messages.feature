Feature: Sending, editing and deleting Discord messages
  A message must arrive as it was meant, can be edited and deleted by its author, and an invalid one is refused
  with the reason.

  Rule: A message is shown as it was sent

    Scenario: A plain Discord message is shown as it was sent
      When Ada sends "🧪 [Acceptance] Build 42 passed"
      Then "🧪 [Acceptance] Build 42 passed" reads as it was sent

    Scenario: Markup characters in a Discord message stay literal
      When Ada sends "2*3*4, snake_case_name, `tick` & <b>"
      Then "2*3*4, snake_case_name, `tick` & <b>" reads as it was sent

    Scenario: A Discord message of the maximum length is kept whole
      When Ada sends "Changelog", padded to the maximum length
      Then "Changelog" reads as it was sent

  Rule: The author may edit and delete a message

    Scenario: An edited Discord message shows its new text
      Given Ada sent "Build 42 failed"
      When Ada edits "Build 42 failed" to "Build 42 passed"
      Then "Build 42 passed" reads as it was sent

    Scenario: A deleted Discord message can no longer be read
      Given Ada sent "Build 42 failed"
      When Ada deletes "Build 42 failed"
      Then "Build 42 failed" can no longer be read

    @human
    Scenario: A bot cannot edit a user's Discord message
      Given Ben sent "Build 42 failed"
      When Ada tries to edit "Build 42 failed" to "Build 42 passed"
      Then it is refused because Ben is its author

    Scenario: A Discord message that does not exist cannot be edited
      When Ada tries to edit a message that does not exist to "Build 42 passed"
      Then it is refused because the message does not exist

  Rule: An invalid message is refused

    Scenario Outline: Discord refuses to send <message>
      When Ada tries to send <message>
      Then it is refused because <reason>

      Examples:
        | message                                  | reason                     |
        | an empty message                         | the message is empty       |
        | a message over the maximum length        | the text is too long       |
        | a message to a channel that does not exist | the channel does not exist |
