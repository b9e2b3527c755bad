@needs:postgres-source @opt-in:postgres-fixture
Feature: Extracting metadata
  A run reads the source and writes a record for every database, schema, table and column, each below its parent.

  Rule: A run finds everything that is included

    Scenario: A run finds the tables and columns of a schema
      Given Ada includes only "the shop"
      When Ada runs an extraction
      Then the run ends as COMPLETED
      And the run found 1 schema, 5 tables and 14 columns

    @needs:output
    Scenario: The records are what the source holds
      Given Ada includes only "the shop"
      When Ada runs an extraction
      Then the records match the baseline
      And every record has its parent, its run and its connection

    @needs:postgres-read-only-user
    Scenario: A read-only user extracts the same tables
      Given the read-only user logs in
      And Ada includes only "the shop"
      When Ada runs an extraction
      Then the run found 1 schema, 5 tables and 14 columns

  Rule: Filters decide what a run looks at

    Scenario: A filter may be a regular expression
      Given Ada includes only "the shop" by a regular expression
      When Ada runs an extraction
      Then the run found 1 schema, 5 tables and 14 columns

    Scenario: An excluded schema is left out although it is included
      Given Ada includes only "the shop" and "the archive"
      And Ada excludes "the shop"
      When Ada runs an extraction
      Then the run found 1 schema, 0 tables and 0 columns

    Scenario: Tables whose names match a pattern are left out
      Given Ada includes only "the shop"
      And Ada excludes tables matching "^tmp_"
      When Ada runs an extraction
      Then the run found 1 schema, 4 tables and 13 columns

    Scenario: A schema without tables is found empty
      Given Ada includes only "the archive"
      When Ada runs an extraction
      Then the run found 1 schema, 0 tables and 0 columns

    Scenario: A filter that matches nothing finds nothing
      Given Ada includes only the missing schema "no_such_schema"
      When Ada runs an extraction
      Then the run ends as COMPLETED
      And the run found 0 schemas, 0 tables and 0 columns

  Rule: Parallel runs do not mix

    @needs:output
    Scenario: Parallel runs have only the records of their own schema
      When Ada starts runs of "the shop" and "the archive" at the same time
      Then the run ends as COMPLETED
      And the runs of "the shop" and "the archive" have only the records of their own schema
