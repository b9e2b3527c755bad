import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startConnector } from '../../sandbox/connector/server'
import type { Anything } from '../../sandbox/connector/test/support/service'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { type Ended, ROOT } from '../support/runner'
import { loginOf, SourceDatabase } from '../support/source-database'
import { featuresOf, SuiteCopy } from '../support/suite-copy'

const EARLIER_RUN = '1694000000-fed321'
const HOOKS = 'connector/postgres/hooks.ts'

/** The run continues as long as the table of the schema `busy` is locked. */
const EVERY_KIND = `
@needs:postgres-source @opt-in:postgres-fixture
Feature: Everything that can be undone
  Scenario: Interrupted
    Given the source has a schema "workshop" with a table and a view of it
    And Ada has saved the configuration "nightly"
      | schedule | every night |
    And runs read only the schema "busy" of "DATABASE"
    And Ada starts a run
    When the process ends by SIGNAL
`
const STEPS = `
import { Given, When } from '@cucumber/cucumber'
import { ConnectorState } from '../../../../support/services/connector/state'
Given('runs read only the schema {string} of {string}', function (schema, database) {
  this.state(ConnectorState).extras.include_filter = { ['^' + database + '$']: ['^' + schema + '$'] }
})
When('the process ends by {word}', async (signal) => {
  process.kill(process.pid, signal)
  await new Promise(() => undefined)
})
`

/** One app with its source, and things of others in it. */
class Place {
  private constructor(
    readonly sandbox: RunningSandbox,
    readonly database: SourceDatabase,
    private readonly lock: SourceDatabase,
  ) {}

  static async open(): Promise<Place> {
    const sandbox = await startConnector()
    const login = loginOf(sandbox.variables)
    const place = new Place(sandbox, await SourceDatabase.open(login), await SourceDatabase.open(login))
    await place.furnish()
    return place
  }

  get live(): Record<string, string> {
    return this.sandbox.variables
  }

  /** Near to all that a run makes: the same app, the same database, the same words, an earlier run. */
  private async furnish(): Promise<void> {
    const earlier = EARLIER_RUN.replace('-', '_')
    await this.database.run(
      ...['busy', 'workshop', `workshop_${earlier}_1`, `acceptance_${earlier}_1`, `acceptance_${earlier}_1_archive`].flatMap(
        (schema) => [
          `CREATE SCHEMA ${schema}`,
          `CREATE TABLE ${schema}.parts (id int)`,
          `INSERT INTO ${schema}.parts VALUES (1)`,
          `CREATE VIEW ${schema}.labels AS SELECT id FROM ${schema}.parts`,
        ],
      ),
    )
    for (const id of ['nightly', `acceptance-nightly-${EARLIER_RUN}-1`])
      await this.post(`/config/${id}`, { schedule: 'every night' })
  }

  /** Runs of others that continue as long as the place is open, because the table they read is locked. */
  async startRuns(): Promise<void> {
    await this.lock.run('BEGIN', 'LOCK TABLE busy.parts IN ACCESS EXCLUSIVE MODE')
    for (const workflow_id of ['nightly', `acceptance-run-${EARLIER_RUN}-1`, undefined]) await this.start(workflow_id)
  }

  private async start(workflow_id: string | undefined): Promise<void> {
    const { host, port, user: username, password, database } = loginOf(this.live)
    const credentials = { host, port, username, password, authType: 'basic', extra: { database } }
    const { data } = await this.post('/dev/local-vault', credentials)
    const include_filter = { [`^${database}$`]: ['^busy$'] }
    await this.post('/start', { credential_guid: data.credential_guid, include_filter, workflow_id })
  }

  private async post(path: string, body: unknown): Promise<Anything> {
    const response = await fetch(`${this.sandbox.address}/workflows/v1${path}`, { method: 'POST', body: JSON.stringify(body) })
    expect(response.status, path).to.equal(200)
    return response.json()
  }

  /** All there is, in the app and in its source. */
  async everything(): Promise<{ app: Anything; source: unknown[] }> {
    const app = await (await fetch(`${this.sandbox.control}/everything`)).json()
    return { app, source: await this.database.everything(['busy']) }
  }

  /** Leftovers of a run that a call could remove. */
  async existing(runId: string): Promise<unknown[]> {
    const response = await (await fetch(`${this.sandbox.control}/existing?runId=${runId}`)).json()
    const schemas = (await this.database.everything(['busy'])).map((row) => (row as { schema: string }).schema)
    return [...(response as Anything).existing, ...schemas.filter((schema) => schema.includes(runId.replace('-', '_')))]
  }

  async close(): Promise<void> {
    await this.lock.close()
    await this.database.close()
    await this.sandbox.stop()
  }
}

/** Of an app's runs and documents those that were there before. */
function ofThose(before: Anything, now: Anything): Anything {
  const kept = (part: 'runs' | 'objects') =>
    Object.fromEntries(Object.entries(now[part] as object).filter(([key]) => Object.hasOwn(before[part], key)))
  return { runs: kept('runs'), objects: kept('objects') }
}

describe('things of others at a connector’s app and in its source', () => {
  const suites: SuiteCopy[] = []
  let place: Place
  before(async () => {
    place = await Place.open()
  })
  after(async () => {
    for (const suite of suites) suite.remove()
    await place.close()
  })

  const markOf = ({ stdout, stderr }: Ended): string => {
    const [, runId = ''] = /Acceptance run (\S+)/.exec(stdout) ?? []
    expect(runId, stdout + stderr).to.match(/^\d{10}-/)
    return runId
  }

  function suiteOf(features: Record<string, string>): SuiteCopy {
    const suite = new SuiteCopy(features)
    suites.push(suite)
    return suite
  }

  const interruptedBy = (signal: string): SuiteCopy => {
    const feature = EVERY_KIND.replace('SIGNAL', signal).replace('DATABASE', loginOf(place.live).database)
    return suiteOf({
      'connector/postgres/kinds.feature': feature,
      'connector/postgres/steps/hooks.ts': STEPS,
      [HOOKS]: readFileSync(`${ROOT}/features/${HOOKS}`, 'utf8'),
    })
  }

  async function expectUntouched(before: { app: Anything; source: unknown[] }): Promise<void> {
    const { app, source } = await place.everything()
    expect(source, 'the source').to.deep.equal(before.source)
    expect(ofThose(before.app, app), 'the app').to.deep.equal(before.app)
  }

  test('is as it was after a whole run', async () => {
    const before = await place.everything()
    const suite = suiteOf(featuresOf('connector'))
    const ended = await suite.run([], place.live)
    expect(ended.code, ended.stdout).to.equal(0)
    expect(ended.stdout).to.not.contain('left behind')
    expect(await place.existing(markOf(ended))).to.deep.equal([])
    await expectUntouched(before)
  })

  test('is as it was after SIGINT with one of each kind open', async () => {
    await place.startRuns()
    const before = await place.everything()
    const suite = interruptedBy('SIGINT')
    const ended = await suite.run([], place.live)
    expect(ended.code, ended.stdout + ended.stderr).to.equal(130)
    expect(await place.existing(markOf(ended)), ended.stderr).to.deep.equal([])
    await expectUntouched(before)
    expect(suite.journals()).to.deep.equal([])
  })

  test('is as it was after SIGKILL and the sweep, which is of no use at another app or for another database', async () => {
    const before = await place.everything()
    const other = await Place.open()
    await other.startRuns()
    try {
      const suite = interruptedBy('SIGKILL')
      const runId = markOf(await suite.run([], place.live))
      expect(await place.existing(runId)).to.have.length.greaterThan(4)
      await expectOfNoUse(suite, other, runId)
      const swept = await suite.tool('sweep', [], place.live)
      expect(swept.code, swept.stdout).to.equal(0)
      expect(await place.existing(runId), swept.stdout).to.deep.equal([])
      await expectUntouched(before)
    } finally {
      await other.close()
    }
  })

  /** First another app and database, then this app with the other database, which contains schemas with the same names. */
  async function expectOfNoUse(suite: SuiteCopy, other: Place, runId: string): Promise<void> {
    const names = new Set((await place.existing(runId)).filter((one) => typeof one === 'string'))
    await other.database.run(...[...names].map((schema) => `CREATE SCHEMA ${schema}`))
    const [here, there] = [await place.everything(), await other.everything()]
    const elsewhere = await suite.tool('sweep', [], other.live)
    expect(elsewhere.stdout).to.contain('5 left;').and.to.contain('set CONNECTOR_URL to this address')
    expect([await place.everything(), await other.everything()]).to.deep.equal([here, there])
    const swept = await suite.tool('sweep', [], { ...other.live, CONNECTOR_URL: place.sandbox.address })
    expect(swept.stdout)
      .to.contain('2 left;')
      .and.to.match(/it was made in \S+ at \S+, and the source of postgres is now/)
    expect((await place.everything()).source).to.deep.equal(here.source)
    expect(await other.everything()).to.deep.equal(there)
  }
})
