@needs:postgres-source @opt-in:postgres-fixture
Feature: Extracting metadata
  A run reads the source and writes a record for every database, schema, table and column, each below its parent.

  Background:
    Given the connection is called "shop of the north"

  Rule: A run finds everything that is included

    # CON-013, CON-017, CON-078, CON-517, CON-518
    Scenario: One schema from end to end
      Given Ada includes "the shop" only
      When Ada runs an extraction
      Then the run ends as COMPLETED
      And the run found 1 schemas, 5 tables and 14 columns

    @needs:output
    Scenario: The records are what the source holds
      Given Ada includes "the shop" only
      When Ada runs an extraction
      Then its records are those of "shop.json"
      And every record has its parent

    @needs:postgres-read-only-user
    Scenario: A read-only user extracts as much
      Given the connector logs in as a read-only user
      And Ada includes "the shop" only
      When Ada runs an extraction
      Then the run found 1 schemas, 5 tables and 14 columns

  Rule: Filters decide what a run looks at

    Scenario: Filters that come as text
      Given Ada includes "the shop" only, as text
      When Ada runs an extraction
      Then the run found 1 schemas, 5 tables and 14 columns

    Scenario: What is excluded stays out, included or not
      Given Ada includes "the shop" and "the archive" only
      And Ada excludes "the shop"
      When Ada runs an extraction
      Then the run found 1 schemas, 0 tables and 0 columns

    Scenario: Tables that are not meant to last are left out
      Given Ada includes "the shop" only
      And Ada leaves out tables like "^tmp_"
      When Ada runs an extraction
      Then the run found 1 schemas, 4 tables and 13 columns

    # CON-006
    Scenario: A schema without tables
      Given Ada includes "the archive" only
      When Ada runs an extraction
      Then the run found 1 schemas, 0 tables and 0 columns

    Scenario: A filter that nothing matches
      Given Ada includes a schema "no_such_schema" that is not there
      When Ada runs an extraction
      Then the run found nothing in the database

  Rule: Runs side by side do not mix

    @needs:output
    Scenario: Two schemas at once
      When Ada starts "the shop" and "the archive" at once
      Then the run ends as COMPLETED
      And the records of "the shop" are its own
