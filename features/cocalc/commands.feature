Feature: Commands
  In a project any program can be run, as if one sat in front of it.

  Rule: A command's output is handed back

    # COC-061
    Scenario: What time is it?
      When Ada asks the shared project for the date
      Then the date is that of this moment, with its offset

    Scenario: What is written into a file stays there
      Given Ada has the project "Greenhouse"
      When Ada writes "fern" into "plants.txt" of "Greenhouse"
      Then "plants.txt" of "Greenhouse" reads "fern"

  Rule: A command that fails says why

    # COC-062
    Scenario: It ends with an error
      When Ada tries a command in the shared project that says "test error message" and fails
      Then it is told that the command failed and said "test error message"

    Scenario: It takes too long
      When Ada tries a command in the shared project that takes longer than it may
      Then it is refused because it took too long
