Feature: Many at once
  Agents do not take turns. What several of them do at the same moment is all done, and nothing of it twice.

  Rule: Everybody gets their own answer

    @needs:second-account
    Scenario: Two look who they are, again and again
      When Ada and Ben look at their own profiles 5 times each, all at once
      Then each of them saw nobody but themselves

  Rule: Nothing is lost, and nothing is there twice

    @needs:second-account
    Scenario: Two talk at the same time
      Given Ada and Ben wrote the long conversation "Gloves" at the same time
      When Ada reads all comments on "Gloves"
      Then the whole conversation is shown, oldest first and nothing twice

    @needs:second-account
    Scenario: Two react in several ways at the same time
      Given there is a post "One red glove" by Ada
      When Ada and Ben react with laugh, thinking and thumbs up to "One red glove", all at once
      Then each reaction stands there once from both
