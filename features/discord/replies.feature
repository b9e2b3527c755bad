Feature: Replying and passing on
  In a busy channel an answer needs its question beside it, and news travels further by being passed on.

  Rule: A reply shows what it replies to

    # DIS-024
    Scenario: Question and answer
      Given Ada has sent "Whose glove is this?"
      When Ada replies to "Whose glove is this?" with "It is mine"
      Then "It is mine" is a reply to "Whose glove is this?"
      And "It is mine" reads as it was sent

    @sandbox-only
    Scenario: Answering somebody else
      Given Ben has sent "Whose glove is this?"
      When Ada replies to "Whose glove is this?" with "It is mine"
      Then "It is mine" is a reply to "Whose glove is this?"

  Rule: There is no replying to what was taken back, unless one insists

    # DIS-025
    Scenario: Too late
      Given Ada has sent "Whose glove is this?"
      And Ada takes "Whose glove is this?" back
      When Ada tries to reply to "Whose glove is this?" with "It is mine"
      Then it is refused because what it replies to is unknown

    Scenario: Said all the same
      Given Ada has sent "Whose glove is this?"
      And Ada takes "Whose glove is this?" back
      When Ada replies to "Whose glove is this?" all the same with "It is mine"
      Then "It is mine" stands there as a message of its own

  Rule: What is passed on tells where it comes from

    # DIS-026
    Scenario: Passing on the latest news
      Given Ada has sent "The glove was found"
      When Ada passes "The glove was found" on as "News"
      Then "News" tells where "The glove was found" comes from
