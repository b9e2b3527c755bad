import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startConnector } from '../../../../sandbox/connector/server'
import { serve } from '../../../support/server'
import { SuiteCopy } from '../../../support/suite-copy'

/**
 * The nine scenarios of the SDK's guide to integration testing, under their own names and with their own values; MY_DB stands for the
 * reader's database.
 */
const SCENARIOS = `@needs:my-db-source
Feature: The integration tests of my-db

  Scenario: auth_valid
    When Ada calls auth
    Then the response has
      | success     | equals true    |
      | data.status | equals success |

  Scenario: auth_invalid_password
    When Ada calls auth with
      | credentials.password | wrong |
    Then the response has
      | success | equals false |

  Scenario: preflight_valid
    When Ada calls preflight with
      | metadata.databases | ["MY_DB"] |
    Then the response has
      | success              | equals true  |
      | data.status          | equals ready |
      | data.checks.0.passed | equals true  |

  Scenario: workflow_extraction
    When Ada calls workflow with
      | metadata.databases | ["MY_DB"]             |
      | connection         | {"name": "test_conn"} |
    Then the response has
      | success          | equals true |
      | data.workflow_id | exists      |
      | data.run_id      | exists      |

  Scenario: preflight_read_only_user
    User has SELECT on all tables but no CREATE permission.
    Preflight should pass with a warning, not fail.

    When Ada calls preflight
    Then the response has
      | success     | equals true  |
      | data.status | equals ready |

  Scenario: preflight_nonexistent_database
    When Ada calls preflight with
      | metadata.databases | ["NO_SUCH_DB"] |
    Then the response has
      | success     | equals true                      |
      | data.status | one of ["not_ready", "partial"]  |

  Scenario: workflow_empty_schema_filter
    When Ada calls workflow with
      | metadata.include-filter | {"^MY_DB$": []} |
    Then the response has
      | success          | equals true                         |
      | data.workflow_id | all of exists; is string; is not empty |

  Scenario: mine_queries
    Given runs start at "/start?entrypoint=mine-queries"
    When Ada calls workflow
    Then the response has
      | success          | equals true |
      | data.workflow_id | matches "^postgres" |

  Scenario: workflow_full_extraction
    Given the scenario is skipped because "Full extraction takes >10 minutes; run manually only"
    When Ada calls workflow
    Then the response has
      | success | equals true |
`

/** The guide's own endpoints \`/extract\` and \`/mine\` are of an older SDK: today's apps have no such route. */
const OLD_ENDPOINTS = `@needs:my-old-db-source
Feature: The integration tests of my-old-db

  Scenario: workflow_extraction_of_the_class
    When Ada calls workflow
    Then the response has
      | _http_status | equals 404       |
      | detail       | equals Not Found |

  Scenario: mine_queries_of_the_guide
    Given runs start at "/mine"
    When Ada calls workflow
    Then the response has
      | _http_status | equals 404 |

  Scenario: workflow_at_the_default
    Given runs start at "/start"
    When Ada calls workflow
    Then the response has
      | success | equals true |
`

const HOOKS = `import { dropSchema, hasSchema, makeSchema, recogniseSchemas } from '../../../support/services/connector/source-postgres'
export const hooks = {
  setUp: async ({ source, name }) => { await makeSchema(source, name, []); return { schema: name } },
  recognise: ({ source, name }) => recogniseSchemas(source, [name]),
  tearDown: ({ source, name }) => dropSchema(source, name),
  isTornDown: async ({ source, name }) => !(await hasSchema(source, name)),
  before: (state, scenario) => state.world.log('Starting: ' + scenario),
  after: (state, scenario, passed) => state.world.log(scenario + ': ' + (passed ? 'PASSED' : 'FAILED')),
}
`

const settingsWith = (lines: string) => `export const settings = {
  variables: ['HOST', 'USERNAME', 'PASSWORD'],
  ${lines}
}
`

describe('the scenarios of the SDK’s guide', () => {
  const suite = new SuiteCopy({})
  let app: Awaited<ReturnType<typeof startConnector>>

  before(async () => {
    app = await startConnector()
  })
  after(async () => {
    suite.remove()
    await app.stop()
  })

  /** Healthy, and with no other route: calls reach the app only where the folder's own address counts. */
  const elsewhere = () =>
    serve((request, response) => {
      const isHealth = request.url === '/server/health'
      response.writeHead(isHealth ? 200 : 500, { 'content-type': 'application/json' })
      response.end(isHealth ? '{"status":"healthy"}' : '{"detail":"Internal server error"}')
    })

  async function folder(name: string, feature: string, settings: string): Promise<void> {
    const made = await suite.tool('new', ['connector', name])
    expect(made.code, made.stderr).to.equal(0)
    suite.write(`features/connector/${name}/scenarios.feature`, feature)
    suite.write(`features/connector/${name}/settings.ts`, settingsWith(settings))
  }

  /** The source of the sandbox under the variables of a folder. */
  function variablesOf(name: string): Record<string, string> {
    const own = Object.entries(app.variables).filter(([variable]) => variable.startsWith('E2E_POSTGRES_'))
    return Object.fromEntries(own.map(([variable, value]) => [variable.replace('POSTGRES', name), value]))
  }

  test('pass as they are written, with its variables, address, timeout, endpoint, hooks and skips', async () => {
    const serverHost = app.variables.CONNECTOR_URL
    const scenarios = SCENARIOS.replaceAll('MY_DB', app.variables.E2E_POSTGRES_DATABASE ?? '')
    await folder('my-db', scenarios, `serverHost: '${serverHost}', timeout: 60, workflowEndpoint: '/start'`)
    suite.write('features/connector/my-db/hooks.ts', HOOKS)
    const { code, stdout, stderr } = await suite.run(['features/connector/my-db/scenarios.feature'], {
      CONNECTOR_URL: await elsewhere(),
      ...variablesOf('MY_DB'),
      E2E_PREFLIGHT_READ_ONLY_USER_USERNAME: app.variables.CONNECTOR_POSTGRES_READ_ONLY_USERNAME ?? '',
      E2E_PREFLIGHT_READ_ONLY_USER_PASSWORD: app.variables.CONNECTOR_POSTGRES_READ_ONLY_PASSWORD ?? '',
    })
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.contain('9 scenarios (8 passed, 1 skipped)')
    expect(stdout).to.contain('Full extraction takes >10 minutes; run manually only')
    const logged = Object.values(suite.reports()).join('\n')
    expect(logged).to.contain('Starting: auth_valid').and.contain('auth_valid: PASSED')
    expect(logged).to.not.contain('Starting: workflow_full_extraction')
    expect(suite.journals()).to.deep.equal([])
  })

  test('run one by one, by their name', async () => {
    const { code, stdout, stderr } = await suite.run(['--name', '^auth_valid$'], {
      CONNECTOR_URL: await elsewhere(),
      ...variablesOf('MY_DB'),
    })
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.contain('1 scenario (1 passed)')
  })

  test('without its variables a folder is skipped, with their names', async () => {
    const { code, stdout, stderr } = await suite.run(['features/connector/my-db/scenarios.feature'], {
      CONNECTOR_URL: await elsewhere(),
    })
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.contain('E2E_MY_DB_HOST')
  })

  test('endpoints of the folder and of a scenario are where runs start, also where the app has no such route', async () => {
    await folder('my-old-db', OLD_ENDPOINTS, `workflowEndpoint: '/extract'`)
    const { code, stdout, stderr } = await suite.run(['features/connector/my-old-db/scenarios.feature'], {
      CONNECTOR_URL: app.variables.CONNECTOR_URL ?? '',
      ...variablesOf('MY_OLD_DB'),
    })
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.contain('3 scenarios (3 passed)')
  })
})
