@needs:postgres-source
Feature: Choosing what to read
  An owner ticks schemas in a tree. The tree shows what the source has, without the server's own.

  Rule: The tree shows the schemas of the source

    # CON-016, CON-233
    @opt-in:postgres-fixture
    Scenario: Schemas of one's own
      When Ada lists the schemas
      Then "the shop" and "the archive" are among the schemas

    @opt-in:postgres-fixture
    Scenario: A schema made a moment ago
      Given the source has a schema "workshop" with a table and a view of it
      When Ada lists the schemas
      Then "workshop" and "the shop" are among the schemas

  Rule: Without a login there is no tree

    # CON-542
    Scenario: The password is wrong
      Given the password is wrong
      When Ada tries to list the schemas
      Then it is refused because the login failed
