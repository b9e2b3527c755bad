Feature: Replying to and forwarding Discord messages
  In a busy channel an answer needs its question beside it, and news spreads by being forwarded.

  Rule: A reply refers to the message it answers

    Scenario: A Discord reply refers to the bot's own message
      Given Ada sent "Who is on call tonight?"
      When Ada replies to "Who is on call tonight?" with "Ben is"
      Then "Ben is" is a reply to "Who is on call tonight?"

    @human
    Scenario: A Discord reply refers to a user's message
      Given Ben sent "Who is on call tonight?"
      When Ada replies to "Who is on call tonight?" with "You are"
      Then "You are" is a reply to "Who is on call tonight?"

  Rule: A deleted message can be replied to only where that is asked for

    Scenario: A deleted Discord message cannot be replied to
      Given Ada sent "Who is on call tonight?"
      And Ada deleted "Who is on call tonight?"
      When Ada tries to reply to "Who is on call tonight?" with "Ben is"
      Then it is refused because the message it replies to does not exist

    Scenario: A forced reply to a deleted Discord message is an ordinary message
      Given Ada sent "Who is on call tonight?"
      And Ada deleted "Who is on call tonight?"
      When Ada replies to "Who is on call tonight?" with "Ben is", even if the message is deleted
      Then "Ben is" is not a reply

  Rule: A forwarded message names its source

    Scenario: A forwarded Discord message shows its channel and author
      Given Ada sent "Ben is on call tonight"
      When Ada forwards "Ben is on call tonight" as "On-call rota"
      Then "On-call rota" shows the text, channel and author of "Ben is on call tonight"
