Feature: Keeping the pace
  Discord lets a bot say only so much at a time. A bot that has much to say waits its turn instead of losing words.

  Rule: However much there is to say, nothing is lost

    Scenario: A dozen messages in one breath
      When Ada sends 12 messages at once
      Then all 12 of them are there, each once

    @sandbox-only
    Scenario: Two hundred messages through a narrow door
      Given the channel takes 5 messages in 100 milliseconds
      When Ada sends 200 messages at once
      Then all 200 of them are there, each once
