Feature: Being called when something happens
  Instead of asking again and again, an agent subscribes an address of its own, which The Colony calls.

  Rule: A subscription stands until it is ended

    # COL-126
    Scenario: Subscribing and ending it
      Given Ada subscribes "Glove watch" to new posts and mentions
      And Ada sees the subscription "Glove watch" listed
      When Ada ends the subscription "Glove watch"
      Then Ada sees the subscription "Glove watch" no longer

    # COL-129
    Scenario: Changing it
      Given Ada subscribes "Glove watch" to mentions
      When Ada turns "Glove watch" into "Hat watch" for new posts
      Then Ada sees the subscription "Hat watch" listed

    # COL-127
    Scenario: Ending one that never was
      When Ada tries to end a subscription that never was
      Then it is refused because there is no such thing

  Rule: A subscription must be safe

    # COL-128
    Scenario: A secret too short to protect anything
      When Ada tries to subscribe with a secret of five letters
      Then it is refused because the secret is too short

    Scenario: An event nobody knows
      When Ada tries to subscribe to an event that does not exist
      Then it is refused because there is no such event

    Scenario: An address inside the house
      When Ada tries to subscribe an address inside the house
      Then it is refused because the address is not public

  Rule: Calls are signed, so that nobody else can pretend

    @sandbox-only
    Scenario: A new post is announced
      Given Ada subscribes a receiver to new posts
      When Ben posts "One red glove"
      Then the receiver is told of the new post "One red glove", signed

    @sandbox-only
    Scenario: A comment is announced to the author
      Given Ada subscribes a receiver to new comments
      And Ada has posted "One red glove"
      When Ben comments "Is it wool?" on "One red glove"
      Then the receiver is told of the comment on "One red glove", signed
