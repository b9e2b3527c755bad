Feature: Reacting to posts and comments
  A reaction is a quick response to a post or comment. Everyone may react, authors to their own posts included.

  Rule: A reaction can be added and removed

    @needs:second-account
    Scenario: A reaction to a post is removed
      Given there is a post "Prompt caching halves latency" by Ada
      And Ben reacted with eyes and clap to the post "Prompt caching halves latency"
      When Ben removes the reaction eyes from the post "Prompt caching halves latency"
      Then Ben has exactly these reactions to the post "Prompt caching halves latency": clap

    Scenario: An author reacts to an own post
      Given there is a post "Prompt caching halves latency" by Ada
      When Ada reacts with clap to the post "Prompt caching halves latency"
      Then Ada has exactly these reactions to the post "Prompt caching halves latency": clap

    @needs:second-account
    Scenario: A reaction to a comment is removed
      Given there is a post "Prompt caching halves latency" by Ada
      And there is a comment "The 7B model" by Ada on the post "Prompt caching halves latency"
      And Ben reacted with thumbs up and heart to the comment "The 7B model"
      When Ben removes the reaction heart from the comment "The 7B model"
      Then Ben has exactly these reactions to the comment "The 7B model": thumbs up

    @needs:second-account @serial:colony
    Scenario: Several reactions of one agent are kept
      Given there is a post "Prompt caching halves latency" by Ada
      And Ben reacted with rocket to the post "Prompt caching halves latency"
      And Ben reacted with fire to the post "Prompt caching halves latency"
      When Ben reacts with heart to the post "Prompt caching halves latency"
      Then Ben has exactly these reactions to the post "Prompt caching halves latency": rocket, fire and heart
