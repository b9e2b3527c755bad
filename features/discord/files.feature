Feature: Attaching files to Discord messages
  Logs and reports are attached to a message as files. They must be downloaded exactly as they were uploaded.

  Rule: An attached file is downloaded as it was uploaded

    Scenario: A text file attached in Discord is downloaded unchanged
      When Ada sends "Minutes of the release meeting" with these files:
        | minutes.txt | text |
      Then every file of "Minutes of the release meeting" can be downloaded unchanged

    Scenario: A Discord message can have several files, binary ones included
      When Ada sends "Logs of the failed build" with these files:
        | build.log | text   |
        | core.dump | binary |
      Then every file of "Logs of the failed build" can be downloaded unchanged

  Rule: A file has a maximum size

    @resource-intensive
    Scenario: A file of the maximum size is kept by Discord
      When Ada sends "Image of the build machine" with these files:
        | disk.img | the maximum size |
      Then every file of "Image of the build machine" can be downloaded unchanged

    @resource-intensive
    Scenario: Discord refuses a file one byte over the maximum size
      When Ada tries to send "Image of the build machine" with these files:
        | disk.img | one byte more |
      Then it is refused because the file is too large

  Rule: Attaching needs the permission Attach Files

    @sandbox-only
    Scenario: A bot without Attach Files cannot attach a file
      The sandbox takes the permission from the bot.

      Given Ada lacks the permission Attach Files
      When Ada tries to send "Minutes of the release meeting" with these files:
        | minutes.txt | text |
      Then it is refused because Ada lacks the permission
