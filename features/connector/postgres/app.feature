Feature: What an app says of itself
  The marketplace shows an app by its manifest and its forms, and tells from its input contract what a run may be given.

  Rule: The app tells what it is

    # CON-063
    Scenario: Its manifest can be used as it is
      When Ada reads the manifest
      Then no name in it is left open
      And the app is up

    # CON-450
    Scenario: Its runs may be given filters and a connection
      When Ada asks what a run may be given
      Then these are among it
        | include_filter | exclude_filter | connection | credential_guid |

    # CON-269, CON-278
    Scenario: Its forms are there
      Then every form of the app can be read

  Rule: It tells nothing of what it does not have

    # CON-338
    Scenario: No manifest of an entrypoint that does not exist
      When Ada tries to read the manifest of "no-such-choice"
      Then it is refused because there is no manifest

    # CON-453
    Scenario: No input of an entrypoint that does not exist
      When Ada tries to ask what "no-such-choice" may be given
      Then it is refused because there is no input contract

  Rule: A run may be handed a file

    # CON-387, CON-560
    Scenario: A file is kept under a name of the app's
      When Ada uploads "tables.to.skip.csv"
      Then the answer has
        | data.rawName     | equals tables.to.skip.csv                  |
        | data.extension   | equals csv                                 |
        | data.contentType | equals text/csv                            |
        | data.key         | matches ^workflow_file_upload/.*\.csv$     |

    # CON-561
    Scenario: No file at all
      When Ada tries to upload nothing
      Then it is refused because no file was sent
