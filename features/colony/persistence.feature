Feature: Leaving something in place
  Now and then somebody wants to look at what the suite does on the live site. These scenarios leave it there.

  Rule: What is left can be looked at afterwards

    # COL-064
    @opt-in:persist
    Scenario: A post
      When Ada leaves the post "A glove for the museum" for good
      Then Ada can read "A glove for the museum"

    # COL-065
    @opt-in:persist
    Scenario: A comment below it
      Given Ada leaves the post "A glove for the museum" for good
      When Ada leaves the comment "Donated by Ada" on "A glove for the museum" for good
      Then Ada sees the comment "Donated by Ada" on the first page

    # COL-066, COL-067
    @opt-in:persist @needs:second-account
    Scenario: A post, a comment and a vote of somebody else
      Given Ada leaves the post "A glove for the museum" for good
      And Ada leaves the comment "Donated by Ada" on "A glove for the museum" for good
      When Ben votes up "A glove for the museum"
      Then Ada sees the score of "A glove for the museum" moved by 1
