Feature: How an app describes itself
  The marketplace shows an app by its manifest and its forms, and reads from its input contract what a run accepts.

  Rule: The app describes what it offers

    Scenario: The manifest has no unresolved placeholder
      When Ada reads the manifest
      Then the manifest has no unresolved placeholder
      And the app is healthy

    Scenario: A run accepts filters and a connection
      When Ada reads the input contract
      Then the response has
        | properties.include_filter  | exists |
        | properties.exclude_filter  | exists |
        | properties.connection      | exists |
        | properties.credential_guid | exists |

    Scenario: Every form of the app can be read
      When Ada reads the list of forms
      Then every form can be read

    Scenario: The app reports its name and build
      When Ada reads the build identity
      Then the build identity names the app

  Rule: An entrypoint that does not exist is not described

    Scenario: An entrypoint that does not exist has no manifest
      When Ada tries to read the manifest of the entrypoint "no-such-entrypoint"
      Then it is refused because the entrypoint has no manifest

    Scenario: An entrypoint that does not exist has no input contract
      When Ada tries to read the input contract of the entrypoint "no-such-entrypoint"
      Then it is refused because the entrypoint has no input contract

  Rule: A run may read an uploaded file

    Scenario: An uploaded file is stored under a key of the app
      When Ada uploads "tables.to.skip.csv"
      Then the response has
        | data.rawName     | equals tables.to.skip.csv              |
        | data.extension   | equals csv                             |
        | data.contentType | equals text/csv                        |
        | data.fileSize    | equals 13                              |
        | data.key         | matches ^workflow_file_upload/.*\.csv$ |
