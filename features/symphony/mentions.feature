Feature: Mentioning users
  A mention contains the id of a user; Symphony shows the user's name and notifies them.

  Rule: A mention shows the full name of the user

    Scenario: A Symphony user is mentioned by id
      When Ada mentions Ben in "your order is filled"
      Then "your order is filled" mentions Ben
      And "your order is filled" reads as it was sent

    @needs:third-person
    Scenario: Two Symphony users are mentioned at once
      When Ada mentions Ben and Cleo in "whose trade is this?"
      Then "whose trade is this?" mentions Ben and Cleo

    Scenario: A plain name mentions no one in Symphony
      When Ada sends "@Ben is only text"
      Then "@Ben is only text" mentions no one
