@needs:postgres-source
Feature: Checking the set-up before the first run
  The preflight shows an owner whether a run would find what it is to read: the names are right, the tables can be
  counted, the server is recent enough. Which checks an app makes, and what it calls them, is in the settings of its
  folder.

  Rule: A valid set-up is ready

    Scenario: A valid set-up is ready
      When Ada runs the preflight
      Then the preflight is ready

    Scenario Outline: The <check> check of a valid set-up passes
      When Ada runs the preflight
      Then the <check> check passes

      Examples:
        | check   |
        | names   |
        | tables  |
        | version |

    @needs:postgres-read-only-user
    Scenario: A read-only user passes the preflight
      A connector creates nothing in its source, so a user who may only read is the right one to give it.

      Given the read-only user logs in
      When Ada runs the preflight
      Then the preflight is ready

    @opt-in:postgres-fixture
    Scenario: A schema that exists passes the preflight
      Given Ada includes only "the shop"
      When Ada runs the preflight
      Then the preflight is ready
      And the names check passes

  Rule: A missing name is reported

    Scenario Outline: A <level> that does not exist is reported by the preflight
      Given Ada includes only the missing <level> "<name>"
      When Ada runs the preflight
      Then the preflight reports a problem
      And the names check fails for "<name>"

      Examples:
        | level    | name             |
        | database | no_such_database |
        | schema   | no_such_schema   |

  Rule: Without a login nothing is ready

    Scenario Outline: The preflight is not ready when <what is wrong>
      Given <what is wrong>
      When Ada runs the preflight
      Then the preflight is not ready

      Examples:
        | what is wrong               |
        | the password is wrong       |
        | the host does not exist     |
        | the database does not exist |

  Rule: An owner may run one check alone

    Scenario Outline: Only the <check> check runs when asked for alone
      When Ada runs only the <check> check
      Then only the <check> check was run
      And the preflight is ready

      Examples:
        | check   |
        | names   |
        | tables  |
        | version |
