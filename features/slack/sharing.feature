Feature: Forwarding messages and sharing files
  A forwarded message shows the text, channel and author of the original. Files are shared with a comment.

  Rule: A message can be forwarded

    Scenario: A bot forwards its own message
      Given Ada sent "Deploy at noon"
      When Ada forwards "Deploy at noon" as "Please read"
      Then "Please read" shows the text, channel and author of "Deploy at noon"

    @needs:user-token
    Scenario: A bot forwards another user's message
      Given Ben sent "The build is red"
      When Ada forwards "The build is red" as "Who can help?"
      Then "Who can help?" shows the text, channel and author of "The build is red"

  Rule: Files are shared with a comment

    Scenario: Files shared in Slack are downloaded unchanged
      When Ada sends "Build log attached" with these files:
        | build.txt | text |
        | core.dump | binary |
      Then every file of "Build log attached" can be downloaded unchanged

    Scenario: Slack refuses a file one byte over the maximum size
      When Ada tries to send "Image of the build machine" with these files:
        | disk.img | one byte more |
      Then it is refused because the file is too large
