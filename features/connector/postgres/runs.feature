@needs:postgres-source @opt-in:postgres-fixture
Feature: Following a run
  A run takes as long as its source is large. An owner sees its status, reads its result, and can stop it.

  Background:
    Given the source has a schema "workshop" with a table and a view of it
    And Ada includes only "workshop"

  Rule: A run can be followed from its start to its end

    Scenario: A run that waits for its source is in progress
      Given the table of "workshop" is locked
      When Ada starts a run
      Then the run is in progress

    Scenario: A completed run reports what it found
      When Ada starts a run
      Then the run ends as COMPLETED
      And the run found 1 schema, 2 tables and 3 columns

    Scenario Outline: A run fails when <what is wrong>
      Given <what is wrong>
      When Ada starts a run
      Then the run ends as FAILED
      And its result reports the failure

      Examples:
        | what is wrong               |
        | the password is wrong       |
        | the database does not exist |
        | nothing listens at the port |

  Rule: Only a run in progress can be stopped

    Scenario: A stopped run ends as terminated
      Given the table of "workshop" is locked
      And Ada has started a run
      When Ada stops the run
      Then the run ends as TERMINATED
      And its result reports the failure

    Scenario: A run that has ended cannot be stopped
      Given Ada has started a run
      And the run ended as COMPLETED
      When Ada tries to stop the run
      Then it is refused because there is no such run
      And the run ends as COMPLETED

  Rule: A run that the engine ends counts as failed

    @sandbox-only
    Scenario Outline: A run that the engine ends as <status> has failed
      Only on a sandbox can a scenario decide how a run ends.

      Given the table of "workshop" is locked
      And Ada has started a run
      When the engine ends the run as <status>
      Then the run ends as <status>
      And its result reports the failure

      Examples:
        | status    |
        | CANCELED  |
        | TIMED_OUT |

  Rule: A run that does not exist cannot be followed

    Scenario: A run that does not exist has no status
      When Ada tries to read the status of a run that does not exist
      Then it is refused because there is no such run
