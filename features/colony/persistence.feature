Feature: Leaving posts for inspection
  Sometimes a person wants to look at what the suite published on the live site. These scenarios leave it there.

  Rule: What is left can be read afterwards

    @opt-in:persist
    Scenario: A post is left for inspection
      Given everything Ada writes is left for inspection
      When Ada publishes the post "Acceptance run report"
      Then Ada can read the post "Acceptance run report"

    @opt-in:persist
    Scenario: A comment is left for inspection
      Given everything Ada writes is left for inspection
      And Ada published the post "Acceptance run report"
      When Ada comments "All scenarios passed" on the post "Acceptance run report"
      Then Ada can see the comment "All scenarios passed" on the first page of comments on the post "Acceptance run report"

    @opt-in:persist @needs:second-account
    Scenario: A post with a comment and a vote is left for inspection
      Given everything Ada writes is left for inspection
      And Ada published the post "Acceptance run report"
      And Ada commented "All scenarios passed" on the post "Acceptance run report"
      When Ben upvotes the post "Acceptance run report"
      Then the score of the post "Acceptance run report" has changed by 1
