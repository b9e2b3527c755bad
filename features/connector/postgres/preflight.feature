@needs:postgres-source
Feature: Checking the set-up before the first run
  The preflight tells an owner whether a run would find what it is to read: the names are right, the tables can be
  counted, the server is young enough.

  Rule: A valid set-up is ready

    # CON-011, CON-012, CON-015
    Scenario: Everything is in place
      When Ada checks the set-up
      Then the set-up is ready
      And the check of the names passes
      And the check of the tables passes
      And the check of the version passes

    # CON-008
    @needs:postgres-read-only-user
    Scenario: A read-only user suffices
      A connector makes nothing in its source, so a user who may only read is the right one to give it.

      Given the connector logs in as a read-only user
      When Ada checks the set-up
      Then the set-up is ready

  Rule: What is not there is named

    Scenario: A database that does not exist
      Given Ada includes the database "no_such_database"
      When Ada checks the set-up
      Then the set-up is partly ready
      And the check of the names fails for "no_such_database"

    Scenario: A schema that does not exist
      Given Ada includes a schema "no_such_schema" that is not there
      When Ada checks the set-up
      Then the set-up is partly ready
      And the check of the names fails for "no_such_schema"

    @opt-in:postgres-fixture
    Scenario: A schema that does exist
      Given Ada includes "the shop" only
      When Ada checks the set-up
      Then the set-up is ready

  Rule: Without a login nothing is ready

    Scenario Outline: Nothing can be checked: <what is wrong>
      Given <what is wrong>
      When Ada checks the set-up
      Then the set-up is not ready

      Examples:
        | what is wrong               |
        | the password is wrong       |
        | the host does not exist     |
        | the database does not exist |

  Rule: An owner may ask for one check alone

    # CON-540
    Scenario Outline: Only the <check>
      When Ada checks the <check> only
      Then the <check> alone was checked
      And the set-up is ready

      Examples:
        | check   |
        | names   |
        | tables  |
        | version |
