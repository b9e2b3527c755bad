Feature: Files
  Files are kept in a project. They can be copied to other projects, and edits made in the editor are kept as their history.

  Rule: A file stays in its project and can be copied to another

    Scenario: A file keeps what was written to it
      Given Ada has created the project "Greenhouse"
      When Ada writes "Seedlings: fern, moss" to "plants.txt" in the project "Greenhouse"
      Then "plants.txt" in the project "Greenhouse" contains "Seedlings: fern, moss"

    Scenario: A file is copied under another name to a stopped project
      Given Ada has written "Seedlings: fern, moss" to "plants.txt" in the shared project
      And Ada has created the project "Greenhouse"
      When Ada copies "plants.txt" from the shared project to "copies/plants.txt" in the project "Greenhouse"
      Then "copies/plants.txt" in the project "Greenhouse" contains "Seedlings: fern, moss"

    Scenario: A path outside the source project is refused
      Given Ada has created the project "Greenhouse"
      When Ada tries to copy "../plants.txt" from the shared project to "plants.txt" in the project "Greenhouse"
      Then it is refused because the source path leads out of its project

    Scenario: A path outside the target project is refused
      Given Ada has written "Seedlings: fern, moss" to "plants.txt" in the shared project
      And Ada has created the project "Greenhouse"
      When Ada tries to copy "plants.txt" from the shared project to "../plants.txt" in the project "Greenhouse"
      Then it is refused because the target path leads out of its project

  Rule: The history of a file contains its edits in the editor

    Scenario: A file never opened in the editor has an empty history
      Given Ada has written "Seedlings: fern, moss" to "plants.txt" in the shared project
      When Ada views the history of "plants.txt" in the shared project
      Then the history contains no edits
