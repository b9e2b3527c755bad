Feature: Keeping to the rate limits of Discord
  Discord limits how many messages a bot may send in a time. A bot that has many to send waits instead of losing some.

  Rule: However many messages are sent at once, none is lost

    Scenario: Twelve messages sent at once all arrive
      When Ada sends 12 messages at once
      Then all 12 messages are in the channel exactly once

    @sandbox-only
    Scenario: Two hundred messages arrive in spite of a tight rate limit
      The sandbox sets the rate limit.

      Given the rate limit is 5 messages in 100 milliseconds
      When Ada sends 200 messages at once
      Then all 200 messages are in the channel exactly once
