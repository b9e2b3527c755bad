Feature: Making things
  Why people make things on __title__, and what it is worth to them.

  Rule: What is made can be read by others

    @smoke @needs:second-account
    Scenario: A new __name__ thing can be read by others
      When Ada makes the __name__ thing "A red glove"
      Then Ben can read the __name__ thing "A red glove"

  Rule: Only its owner removes a thing

    @needs:second-account
    Scenario: A __name__ thing cannot be removed by others
      Given Ada has made the __name__ thing "A red glove"
      When Ben tries to remove the __name__ thing "A red glove"
      Then it is refused because the thing is not theirs
