Feature: Passing things on
  What was said can be said again where others read it, naming who said it; files go along with a word.

  Rule: A message can be passed on

    # SLK-094
    Scenario: Ada passes her own words on
      Given Ada has sent "One red glove"
      When Ada passes "One red glove" on as "Look what was found"
      Then "Look what was found" tells where "One red glove" comes from

    # SLK-094
    @needs:user-token
    Scenario: Ada passes Ben's words on
      Given Ben has sent "I lost a glove"
      When Ada passes "I lost a glove" on as "Who can help?"
      Then "Who can help?" tells where "I lost a glove" comes from

  Rule: A file comes with a word about it

    # SLK-096
    Scenario: Ada attaches a file
      When Ada attaches "glove.txt" to "This is the glove"
      Then "This is the glove" carries the file "glove.txt"
