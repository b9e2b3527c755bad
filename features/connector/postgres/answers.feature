@needs:postgres-source
Feature: The documents an app answers with
  Where the promise is the document itself, a scenario names the call, its input, and what the answer must hold: the
  login, the preflight, the tree and the start as other programs see them.

  Rule: Every scenario is one call and what its answer has

    # CON-002, CON-003
    Scenario: auth_valid
      When Ada calls auth
      Then the answer has
        | success         | equals true                     |
        | data.status     | equals success                  |
        | data.identities | all of is list; is not empty    |
        | data.expires_at | is string                       |
        | data.error      | is none                         |

    # CON-007
    Scenario: auth_wrong_password
      A handler that raises answers without "success": false and absent are the same to "is false".

      When Ada calls auth with
        | credentials.password | wrong |
      Then the answer has
        | success      | is false   | nobody may come in with a wrong password |
        | _http_status | equals 401 |                                          |
        | message      | none of: contains wrong; is empty |                   |

    Scenario: preflight_valid
      When Ada calls preflight
      Then the answer has
        | success                        | equals true                                   |
        | preflight.status               | equals ready                                  |
        | data.status                    | equals ready                                  |
        | data.checks                    | is not empty                                  |
        | data.checks.0.passed           | equals true                                   |
        | data.checks.0.duration_ms      | custom a number of milliseconds               |

    Scenario: preflight_nonexistent_database
      When Ada calls preflight with
        | metadata.databases | ["no_such_database"] |
      Then the answer has
        | data.status             | one of partial, not_ready   |
        | data.checks.0.passed    | equals false                |
        | data.checks.0.message   | contains no_such_database   |

    Scenario: metadata_valid
      When Ada calls metadata
      Then the answer has
        | success               | equals true                 |
        | data                  | all of is list; is not empty |
        | data.0.TABLE_CATALOG  | is string                   |
        | message               | is none                     |

    # CON-462
    Scenario: preflight_timeout_is_no_number
      When Ada calls preflight with
        | timeout_seconds | soon |
      Then the answer has
        | _http_status   | one of 422, 500                          |
        | success        | is false                                 |
        | message        | any of: is none; contains timeout_seconds |

    Scenario: workflow_starts
      When Ada calls workflow
      Then the answer has
        | success          | equals true             |
        | data.workflow_id | all of exists; is string |
        | data.run_id      | matches ^[0-9a-f-]{36}$ |
