@needs:postgres-source @opt-in:postgres-fixture
Feature: Starting a run
  An app takes what it understands and safely can use. What it does not, it refuses before a run begins.

  Background:
    Given Ada includes "the shop" only

  Rule: Input that could do harm, or makes no sense, starts nothing

    # CON-549
    Scenario Outline: No run with <what>
      Given Ada gives a run
        | <field> | <value> |
      When Ada tries to start a run
      Then no run is started

      Examples:
        | what                              | field            | value                                      |
        | a quote in the filter             | include_filter   | {"^db$": ["^a' OR true$"]}                 |
        | a comment in the filter           | include_filter   | {"^db$": ["^a--$"]}                        |
        | a second statement in the filter  | exclude_filter   | {"^db$": ["^a; DROP TABLE b$"]}            |
        | a block comment in the filter     | include_filter   | {"^db$/*": []}                             |
        | a filter that is no object        | include_filter   | 7                                          |
        | a filter that nests too deep      | include_filter   | {"a": {"b": {"c": {"d": {"e": {"f": []}}}}}} |
        | a pattern that is no text         | temp_table_regex | 7                                          |
        | a quote in the pattern of tables  | temp_table_regex | tmp'                                       |
        | a connection that is no object    | connection       | xyz                                        |

    # CON-548
    Scenario: One run at a time under one name
      Given the source has a schema "workshop" with a table and a view of it
      And the table of "workshop" is being rebuilt
      And Ada starts a run of "workshop"
      When Ada tries to start the same run again
      Then no run is started

  Rule: An app may offer several kinds of run

    # CON-244
    Scenario: Collecting the queries behind views
      Given runs start at "/start?entrypoint=mine-queries"
      When Ada runs an extraction
      Then the run wrote the queries of 1 view

    # CON-055, CON-056
    Scenario: The scenario's own choice counts, not the feature's
      Given runs start at "/extract"
      And runs start at "/start?entrypoint=extract-metadata"
      When Ada runs an extraction
      Then the run found 1 schemas, 5 tables and 14 columns

    # CON-550
    Scenario Outline: Nothing starts at <place>
      When Ada tries to start a run at "<place>"
      Then it is refused because <reason>

      Examples:
        | place                            | reason                       |
        | /extract                         | there is no such call        |
        | /mine                            | there is no such call        |
        | /start?entrypoint=no-such-choice | there is no such entrypoint  |

  Rule: The source itself may ask for a run

    # CON-394
    @sandbox-only
    Scenario: The source says that it changed
      Given "the shop" changed in the source
      When the app hears of it
      Then the run ends as COMPLETED
      And the run found 1 schemas, 5 tables and 14 columns
