Feature: Commands
  In a project any command of Linux can be run, as in a terminal.

  Rule: The output of a command is returned

    Scenario: The date command prints the current time
      When Ada runs the command "date -Is" in the shared project
      Then the command prints the current time with its UTC offset

  Rule: A command that fails reports the reason

    Scenario Outline: A failing command reports its exit code <exit code> and its error output
      When Ada tries to run the command "echo '<error output>' >&2; exit <exit code>" in the shared project
      Then the command fails with exit code <exit code> and prints the error "<error output>"

      Examples:
        | exit code | error output          |
        | 42        | test error message    |
        | 1         | plants.txt is missing |

    Scenario: A command that exceeds its time limit is stopped
      When Ada tries to run the command "sleep 5" for at most 0.2 seconds in the shared project
      Then it is refused because the command exceeded its time limit
