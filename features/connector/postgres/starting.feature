@needs:postgres-source @opt-in:postgres-fixture
Feature: Starting a run
  An app accepts input that it understands and can use safely. Anything else is refused before a run begins.

  Background:
    Given Ada includes only "the shop"

  Rule: Invalid or unsafe input starts no run

    Scenario Outline: No run starts with <what>
      Given the input of the run has <what>
      When Ada tries to start a run
      Then no run is started

      Examples:
        | what                              |
        | a quote in the filter             |
        | a comment in the filter           |
        | a second statement in the filter  |
        | a block comment in the filter     |
        | a filter that is a number         |
        | a filter that nests too deep      |
        | a table pattern that is a number  |
        | a quote in the table pattern      |
        | a connection that is plain text   |

    Scenario: Only one run at a time has a given id
      Given the source has a schema "workshop" with a table and a view of it
      And the table of "workshop" is locked
      And Ada includes only "workshop"
      And Ada has started a run
      When Ada tries to start the same run again
      Then no run is started

  Rule: An app may offer several entrypoints

    Scenario: The queries entrypoint collects the queries behind views
      Given runs use the queries entrypoint
      When Ada runs an extraction
      Then the run wrote the queries of 1 view

    Scenario: The endpoint of a scenario overrides the one of its folder
      Given runs use the queries entrypoint
      And runs start at "/start"
      When Ada runs an extraction
      Then the run found 1 schema, 5 tables and 14 columns

    Scenario Outline: No run starts at <endpoint>
      Given runs start at "<endpoint>"
      When Ada tries to start a run
      Then it is refused because <reason>

      Examples:
        | endpoint                             | reason                        |
        | /extract                             | there is no such endpoint     |
        | /mine                                | there is no such endpoint     |
        | /start?entrypoint=no-such-entrypoint | the entrypoint does not exist |

  Rule: The source itself may start a run

    @sandbox-only @needs:output
    Scenario: A change in the source starts a run
      Only the app of the sandbox has an event that starts a run.

      When the source notifies the app that "the shop" has changed
      Then the run ends as COMPLETED
      And the run found 1 schema, 5 tables and 14 columns
      And every record has its parent, its run and its connection
