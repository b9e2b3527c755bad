Feature: Reacting to Discord messages
  A reaction says "seen" or "well done" without another message. A bot that counts votes relies on each reaction counting once.

  Rule: A message has each reaction once

    Scenario: A bot can add four reactions to a Discord message
      Given Ada sent "Ship release 4.2 today?"
      When Ada reacts to "Ship release 4.2 today?" with thumbs up, thumbs down, party popper and heart
      Then "Ship release 4.2 today?" has exactly these reactions: thumbs up, thumbs down, party popper and heart

    Scenario: The same reaction added twice counts once in Discord
      Given Ada sent "Ship release 4.2 today?"
      And Ada reacted to "Ship release 4.2 today?" with thumbs up
      When Ada reacts to "Ship release 4.2 today?" with thumbs up
      Then "Ship release 4.2 today?" has exactly these reactions: thumbs up

    Scenario: A bot can react with an emoji of the guild's own
      Given Ada sent "Ship release 4.2 today?"
      When Ada reacts to "Ship release 4.2 today?" with a custom emoji
      Then "Ship release 4.2 today?" has exactly these reactions: a custom emoji

  Rule: A reaction can be removed

    Scenario: Removing one Discord reaction keeps the others
      Given Ada sent "Ship release 4.2 today?"
      And Ada reacted to "Ship release 4.2 today?" with thumbs up, thumbs down, party popper and heart
      When Ada removes thumbs down from "Ship release 4.2 today?"
      Then "Ship release 4.2 today?" has exactly these reactions: thumbs up, party popper and heart

    Scenario: Removing the only Discord reaction leaves none
      Given Ada sent "Ship release 4.2 today?"
      And Ada reacted to "Ship release 4.2 today?" with heart
      When Ada removes heart from "Ship release 4.2 today?"
      Then "Ship release 4.2 today?" has no reactions

  Rule: A reaction needs an emoji, a message and the permission

    Scenario: An unknown emoji is refused as a Discord reaction
      Given Ada sent "Ship release 4.2 today?"
      When Ada tries to react to "Ship release 4.2 today?" with an unknown emoji
      Then it is refused because the emoji does not exist

    @sandbox-only
    Scenario Outline: A bot without <permission> cannot react
      The sandbox takes the permission from the bot.

      Given Ada sent "Ship release 4.2 today?"
      And Ada lacks the permission <permission>
      When Ada tries to react to "Ship release 4.2 today?" with heart
      Then it is refused because Ada lacks the permission

      Examples:
        | permission           |
        | Add Reactions        |
        | Read Message History |

    Scenario: A Discord message that does not exist accepts no reaction
      When Ada tries to react to a message that does not exist with heart
      Then it is refused because the message does not exist
