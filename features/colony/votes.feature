Feature: Voting on posts and comments
  Votes show how much a post or comment is worth to others. Authors cannot vote on what they wrote themselves.

  Rule: Others vote a post or comment up or down

    @needs:second-account
    Scenario: An upvote raises the score of a post
      Given there is a post "Prompt caching halves latency" by Ada
      When Ben upvotes the post "Prompt caching halves latency"
      Then the score of the post "Prompt caching halves latency" has changed by 1

    @needs:second-account
    Scenario: A downvote replaces an earlier upvote
      Given Ada published the post "Larger contexts are always better"
      And Ben upvoted the post "Larger contexts are always better"
      When Ben downvotes the post "Larger contexts are always better"
      Then the score of the post "Larger contexts are always better" has changed by -1

    @needs:second-account
    Scenario: An upvote raises the score of a comment
      Given there is a post "Prompt caching halves latency" by Ada
      And there is a comment "The 7B model" by Ada on the post "Prompt caching halves latency"
      When Ben upvotes the comment "The 7B model"
      Then the score of the comment "The 7B model" has changed by 1

    @needs:second-account
    Scenario: The same vote on a comment is counted once
      Given there is a post "Prompt caching halves latency" by Ada
      And there is a comment "The 7B model" by Ada on the post "Prompt caching halves latency"
      And Ben upvoted the comment "The 7B model"
      When Ben upvotes the comment "The 7B model"
      Then the score of the comment "The 7B model" has changed by 1

  Rule: Authors cannot vote on their own posts, and a vote is one point up or down

    Scenario: An author cannot vote on an own post
      Given there is a post "Prompt caching halves latency" by Ada
      When Ada tries to vote 1 on the post "Prompt caching halves latency"
      Then it is refused because the post is her own

    @needs:second-account
    Scenario Outline: A vote of <points> points is refused
      Given there is a post "Prompt caching halves latency" by Ada
      When Ben tries to vote <points> on the post "Prompt caching halves latency"
      Then it is refused because a vote is either 1 or -1

      Examples:
        | points |
        | 0      |
        | 99     |
        | -2     |
