@needs:postgres-source
Feature: Responses of the handler API
  Where the promise is a document, a scenario names the call, its input, and what the response must hold: the login, the
  preflight, the list of schemas, a start and a configuration as other programs see them.

  Rule: A response has the documented fields and values

    Scenario: Valid credentials are accepted by auth
      When Ada calls auth
      Then the response has
        | success         | equals true    |
        | data.status     | equals success |
        | data.identities | is list        |
        | data.scopes     | is list        |
        | data.expires_at | is string      |
        | data.error      | is none        |

    Scenario: A wrong password is refused by auth
      A handler that raises an error responds without "success": to "is false", false and absent are the same.

      When Ada calls auth with
        | credentials.password | wrong |
      Then the response has
        | success      | is false                           | a wrong password must not let anyone in |
        | _http_status | not one of 200, 404, 405           |                                         |
        | message      | none of (contains wrong; is empty) |                                         |

    Scenario: A valid set-up passes the preflight
      When Ada calls preflight
      Then the response has
        | success                   | equals true                     |
        | preflight.status          | equals ready                    |
        | data.status               | equals ready                    |
        | data.checks               | is not empty                    |
        | data.checks.0.name        | is not empty                    |
        | data.checks.0.passed      | equals true                     |
        | data.checks.0.duration_ms | any of (is none; custom a number of milliseconds) |

    Scenario: Valid credentials list the schemas of the source
      When Ada calls metadata
      Then the response has
        | success              | equals true                         |
        | data                 | all of (is list; is not empty)      |
        | data.0.TABLE_CATALOG | all of (is string; is not empty)    |
        | data.0.TABLE_SCHEMA  | all of (is string; is not empty)    |
        | message              | is none                             |

    Scenario: A preflight timeout must be a number
      When Ada calls preflight with
        | timeout_seconds | soon |
      Then the response has
        | _http_status     | one of 422, 500                                           |
        | success          | is false                                                  |
        | message          | any of (is none; equals Invalid request: timeout_seconds) |
        | message          | not contains soon                                         |
        | detail           | any of (is none; has length 1)                            |
        | detail.0.field   | any of (is none; equals timeout_seconds)                  |
        | detail.0.message | not contains soon                                         |
        | detail.0.type    | any of (is none; matches ^[a-z_]+$)                       |

    Scenario: A start responds with the ids of its run
      When Ada calls workflow
      Then the response has
        | success          | equals true              |
        | data.workflow_id | all of (exists; is string) |
        | data.run_id      | matches ^[0-9a-f-]{36}$  |
        | correlation_id   | is not empty             |

  Rule: A configuration is any JSON document

    Scenario: A saved configuration is returned with its nested fields
      When Ada calls config with
        | config_action                | update          |
        | config_workflow_id           | nightly         |
        | config_payload.schedule.cron | 0 3 * * *       |
        | config_payload.schemas       | ["shop", "hr"]  |
        | config_payload.retries       | 3               |
      Then the response has
        | success            | equals true           |
        | data.schedule.cron | equals 0 3 * * *      |
        | data.schemas       | equals ["shop", "hr"] |
        | data.retries       | equals 3              |

    Scenario: A configuration may be a list
      Given Ada has called config with
        | config_action      | update            |
        | config_workflow_id | schemas           |
        | config_payload     | ["shop", "hr"]    |
      When Ada calls config with
        | config_action      | get     |
        | config_workflow_id | schemas |
      Then the response has
        | _http_status | equals 200            |
        | data         | equals ["shop", "hr"] |

    Scenario: An emptied configuration is no longer there
      Given Ada has called config with
        | config_action      | update  |
        | config_workflow_id | nightly |
        | config_payload     | null    |
      When Ada calls config with
        | config_action      | get     |
        | config_workflow_id | nightly |
      Then the response has
        | _http_status | equals 404                    |
        | detail       | starts with Config not found: |
