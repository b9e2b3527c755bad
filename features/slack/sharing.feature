Feature: Passing things on
  What was said can be said again where others read it, naming who said it; files go along with a word.

  Rule: A message can be passed on

    Scenario: Ada passes her own words on
      Given Ada sent "One red glove"
      When Ada forwards "One red glove" as "Look what was found"
      Then "Look what was found" shows the text, channel and author of "One red glove"

    @needs:user-token
    Scenario: Ada passes Ben's words on
      Given Ben sent "I lost a glove"
      When Ada forwards "I lost a glove" as "Who can help?"
      Then "Who can help?" shows the text, channel and author of "I lost a glove"

  Rule: A file comes with a word about it

    Scenario: Ada attaches a file
      When Ada sends "This is the glove" with these files:
        | glove.txt | text |
        | core.dump | binary |
      Then every file of "This is the glove" can be downloaded unchanged

    Scenario: Slack refuses a file one byte over the maximum size
      When Ada tries to send "Image of the build machine" with these files:
        | disk.img | one byte more |
      Then it is refused because the file is too large
