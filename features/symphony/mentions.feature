Feature: Mentioning people
  Who is mentioned is told so. A bot names people by number, and Symphony writes their name.

  Rule: Whoever is mentioned is named in full

    Scenario: A Symphony user is mentioned by id
      When Ada mentions Ben in "your glove was found"
      Then "your glove was found" mentions Ben
      And "your glove was found" names Ben in full

    @needs:third-person
    Scenario: Two Symphony users are mentioned at once
      When Ada mentions Ben and Cleo in "whose glove is this?"
      Then "whose glove is this?" mentions Ben and Cleo

    Scenario: A name alone is no mention
      When Ada sends "@Ben is only text"
      Then "@Ben is only text" mentions no one
