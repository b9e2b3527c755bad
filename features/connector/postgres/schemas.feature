@needs:postgres-source
Feature: Choosing what to read
  An owner selects schemas from a list. The list shows what the source has, without the server's own schemas.

  Rule: The list shows the schemas of the source

    @opt-in:postgres-fixture
    Scenario: The schemas of the source are listed
      When Ada lists the schemas
      Then the list includes "the shop" and "the archive"

    @opt-in:postgres-fixture
    Scenario: A schema created a moment ago is listed
      Given the source has a schema "workshop" with a table and a view of it
      When Ada lists the schemas
      Then the list includes "workshop" and "the shop"

  Rule: Without a login nothing is listed

    Scenario: A wrong password lists no schemas
      Given the password is wrong
      When Ada tries to list the schemas
      Then it is refused because the login failed
