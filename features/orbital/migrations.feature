Feature: Schema migrations
  The database schema grows by revisions, one after the other, so that any two databases at the same revision are equal.

  Rule: The database of the backend is up to date

    Scenario: The database is at the latest revision
      When the schema revisions are read
      Then the database is at exactly one revision, the latest

  Rule: Revisions form a chain that can be applied and reverted

    @sandbox-only
    Scenario: No two revisions have the same parent
      When the schema revisions are read
      Then the revisions form a single chain

    @sandbox-only
    Scenario: Upgrading a database twice changes nothing
      Given an empty database
      And the database was upgraded
      When the database is upgraded again
      Then the schema is unchanged
      And the database has tables for users, couriers and deliveries

    @sandbox-only
    Scenario: A complete downgrade leaves no tables
      Given an empty database
      And the database was upgraded
      When the database is downgraded completely
      Then the database has no tables

    @sandbox-only
    Scenario: A downgraded database can be upgraded again
      Given an empty database
      And the database was upgraded
      And the database was downgraded completely
      When the database is upgraded again
      Then the database has tables for users, couriers and deliveries
