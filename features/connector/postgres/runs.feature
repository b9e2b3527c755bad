@needs:postgres-source @opt-in:postgres-fixture
Feature: Following a run
  A run takes as long as its source is large. An owner sees how it is doing, learns what came of it, and can end it.

  Background:
    Given the source has a schema "workshop" with a table and a view of it
    And Ada includes "workshop" only

  Rule: A run can be followed from its start to its end

    # CON-035
    Scenario: Under way
      Given the table of "workshop" is being rebuilt
      When Ada starts a run
      Then the run is under way

    Scenario: Done
      When Ada starts a run
      Then the run ends as COMPLETED
      And the run found 1 schemas, 2 tables and 3 columns

    # CON-371
    Scenario Outline: Failed: <what is wrong>
      Given <what is wrong>
      When Ada starts a run
      Then the run ends as FAILED
      And its result tells of the failure

      Examples:
        | what is wrong               |
        | the password is wrong       |
        | the database does not exist |
        | nothing listens at the port |

  Rule: A run under way can be stopped, one that is over cannot

    # CON-361, CON-519
    Scenario: Stopped
      Given the table of "workshop" is being rebuilt
      And Ada starts a run
      When Ada stops the run
      Then the run ends as TERMINATED
      And its result tells of the failure

    Scenario: Over already
      Given Ada starts a run
      When Ada tries to stop the run
      Then it is refused because there is no such run

  Rule: What the engine ends by itself counts as failed

    @sandbox-only
    Scenario Outline: Ended as <status>
      Given the table of "workshop" is being rebuilt
      And Ada starts a run
      When the engine lets the run end as <status>
      Then the run ends as <status>
      And its result tells of the failure

      Examples:
        | status    |
        | CANCELED  |
        | TIMED_OUT |

  Rule: What never was cannot be followed

    # CON-367
    Scenario: A run that never was
      When Ada tries to follow a run that never was
      Then it is refused because there is no such run
