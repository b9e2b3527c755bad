import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Owner, owner } from '../../../../sandbox/connector/test/support/source'
import { eventually } from '../../../../support/assertions/eventually'
import { withPrefix } from '../../../../support/config/variables'
import { hooksOf } from '../../../../support/services/connector/hooks'
import { fingerprintOf } from '../../../../support/services/connector/proofs'
import { Source } from '../../../../support/services/connector/source'
import { dropSchema, makeSchema, recogniseSchema } from '../../../../support/services/connector/source-postgres'
import { type ConnectorClients, clientsOf, undo } from '../../../../support/services/connector/undo'
import type { ServiceAccess } from '../../../../support/services/service'
import { accessTo } from '../../../support/access'
import { loginOf, SourceDatabase } from '../../../support/source-database'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

const RUN = '1795000000-abc123'
const EARLIER_RUN = '1794000000-fed321'
const MINUTE = 60_000

let ada: Owner
let database: SourceDatabase
/** Keeps a table locked, so that a run that extracts its schema does not end. */
let lock: SourceDatabase
let access: ServiceAccess
let clients: ConnectorClients
let source: Source
before(async () => {
  ada = await owner()
  access = {
    ...accessTo(ada.sandbox.address, {}).access,
    setting: (name) => ada.sandbox.variables[name],
    settingsWith: (prefix) => withPrefix(ada.sandbox.variables, prefix),
  }
  clients = clientsOf(access)
  source = new Source(access, 'postgres')
  database = await SourceDatabase.open(loginOf(ada.sandbox.variables))
  lock = await SourceDatabase.open(loginOf(ada.sandbox.variables))
  await database.run(
    'CREATE SCHEMA busy',
    'CREATE TABLE busy.parts (id int)',
    'CREATE VIEW busy.labels AS SELECT id FROM busy.parts',
  )
  await lock.run('BEGIN', 'LOCK TABLE busy.parts IN ACCESS EXCLUSIVE MODE')
})
after(async () => {
  await lock.close()
  await database.close()
  await ada.sandbox.stop()
})

const control = async (path: string): Promise<unknown> => (await fetch(`${ada.sandbox.control}${path}`)).json()
const entry = (id: string, name: string, data: Record<string, string> = {}, at = Date.now()): Stranger => ({
  id,
  name,
  by: 'Ada',
  at,
  data,
})
const known = (stranger: Stranger, kind: keyof typeof undo) =>
  ({ key: '1', service: 'connector', kind, ends: undo[kind].ends, at: Date.now(), data: {}, ...stranger }) as never

const everything = (): Promise<unknown[]> => database.everything(['busy'])

/** Starts a run that continues as long as the table is locked. @returns `<workflow id>/<run id>` */
async function runningRun(workflowId?: string): Promise<string> {
  const filter = { [`^${ada.database}$`]: ['^busy$'] }
  const guid = (await ada.post('/dev/local-vault', ada.credentials)).body.data.credential_guid
  const input = { credential_guid: guid, include_filter: filter, ...(workflowId ? { workflow_id: workflowId } : {}) }
  const { body } = await ada.post('/start', input)
  return `${body.data.workflow_id}/${body.data.run_id}`
}

describe('undo of a connector', () => {
  leavesStrangersAlone(
    () => ({
      service: 'connector',
      undo,
      clients: async () => clients,
      look: async () => [await control('/everything'), await everything()],
      strangers: {
        run: async () => {
          const named = { named: 'by the app' }
          return [
            entry(await runningRun('nightly'), `acceptance-shop-${RUN}-1`),
            entry(await runningRun(`acceptance-shop-${EARLIER_RUN}-1`), `acceptance-shop-${RUN}-1`),
            entry(await runningRun(), `acceptance-shop-${RUN}-1`),
            entry(await runningRun(), `unnamed ${RUN}-2`, named, Date.now() - 10 * MINUTE),
            entry(await runningRun(), `event ${RUN}-3`, named, Date.now() + 10 * MINUTE),
          ]
        },
        config: async () => {
          const name = `acceptance-nightly-${RUN}-4`
          const content = fingerprintOf({ schedule: 'every night' })
          for (const [id, schedule] of [
            ['nightly', 'every night'],
            [name, 'every week'],
            [`acceptance-nightly-${EARLIER_RUN}-4`, 'every night'],
            [`${name}4`, 'every night'],
          ])
            await ada.post(`/config/${id}`, { schedule })
          await ada.post(`/config/${name}?type=credentials`, { schedule: 'every night' })
          return [
            entry('nightly', name, { content, type: 'workflows' }),
            entry(name, name, { content, type: 'workflows' }),
            entry(name, name, { type: 'workflows' }),
            entry(`acceptance-nightly-${EARLIER_RUN}-4`, name, { content, type: 'workflows' }),
            entry(name, name, { content, type: 'others' }),
            entry('nightly', `${name}4`, { content, type: 'workflows' }),
          ]
        },
        schema: async () => {
          const data = { connector: 'postgres', source: source.place }
          await database.run('CREATE SCHEMA workshop_a', 'CREATE TABLE workshop_a.parts (id int)')
          await makeSchema(source, 'workshop_b', ['CREATE TABLE parts (id int)'])
          await database.run('CREATE TABLE workshop_b.tools (id int)')
          await makeSchema(source, 'workshop_c', ['CREATE TABLE parts (id int)'])
          await makeSchema(source, 'workshop_d', ['CREATE TABLE parts (id int)'])
          await database.run('CREATE SCHEMA others', 'CREATE VIEW others.parts AS SELECT id FROM workshop_d.parts')
          await makeSchema(source, 'workshop_e', ['CREATE TABLE parts (id int)'])
          await database.run("CREATE FUNCTION workshop_e.of_others() RETURNS int LANGUAGE sql AS 'SELECT 1'")
          return [
            entry('workshop_a', 'workshop_a', data),
            entry('workshop_b', 'workshop_b', data),
            entry('workshop_c', `workshop_${RUN}_5`, data),
            entry('workshop_c', 'workshop_c', { ...data, source: 'shop at db.example:5432' }),
            entry('workshop_c', 'workshop_c', { connector: 'postgres' }),
            entry('workshop_d', 'workshop_d', data),
            entry('workshop_e', 'workshop_e', data),
            entry('public', 'public', data),
          ]
        },
        setup: async () => {
          const data = { connector: 'postgres', source: source.place }
          await database.run('CREATE SCHEMA acceptance_a', 'CREATE SCHEMA acceptance_b_archive')
          await makeSchema(source, 'acceptance_b', [])
          await makeSchema(source, 'acceptance_c', [])
          await makeSchema(source, 'acceptance_c_archive', [])
          return [
            entry('acceptance_a', 'acceptance_a', data),
            entry('acceptance_b', 'acceptance_b', data),
            entry('acceptance_c', 'acceptance_c', { ...data, source: 'shop at db.example:5432' }),
            entry('acceptance_c', 'acceptance_c', { connector: 'no-such-connector' }),
          ]
        },
      },
    }),
    ['run', 'config', 'schema', 'setup'],
  )
})

describe('things of the suite at a connector', () => {
  test('is recognised and undone: a run, named by the suite or by the app', async () => {
    const name = `acceptance-shop-${RUN}-6`
    for (const own of [
      entry(await runningRun(name), name),
      entry(await runningRun(), `unnamed ${RUN}-7`, { named: 'by the app' }),
    ]) {
      expect(await undo.run.recognise(clients, known(own, 'run'))).to.equal('ours')
      await undo.run.undo(clients, known(own, 'run'))
      expect(await undo.run.hasEnded(clients, known(own, 'run'))).to.equal(true)
      expect(await undo.run.recognise(clients, known(own, 'run'))).to.equal('gone')
    }
  })

  test('are recognised and undone: a document, whatever the order of its fields', async () => {
    const name = `acceptance-nightly-${RUN}-8`
    await ada.post(`/config/${name}`, { schedule: { day: 1, hour: 2 }, owner: 'Ada' })
    const own = known(
      entry(name, name, { type: 'workflows', content: fingerprintOf({ owner: 'Ada', schedule: { hour: 2, day: 1 } }) }),
      'config',
    )
    expect(await undo.config.find(clients, own)).to.equal(name)
    expect(await undo.config.recognise(clients, own)).to.equal('ours')
    await undo.config.undo(clients, own)
    expect(await undo.config.recognise(clients, own)).to.equal('gone')
    expect(await undo.config.find(clients, own)).to.equal(undefined)
  })

  test('are recognised and undone: schemas, empty ones included, and the set-up of a connector', async () => {
    const before = await everything()
    await makeSchema(source, 'workshop_own', [
      'CREATE TABLE parts (id serial)',
      'CREATE VIEW labels AS SELECT id FROM parts',
      'CREATE VIEW short AS SELECT id FROM labels',
    ])
    const own = known(entry('workshop_own', 'workshop_own', { connector: 'postgres', source: source.place }), 'schema')
    expect(await undo.schema.recognise(clients, own)).to.equal('ours')
    await undo.schema.undo(clients, own)
    expect(await undo.schema.recognise(clients, own)).to.equal('gone')
    expect(await undo.schema.find(clients, own)).to.equal(undefined)
    const setup = known(entry('acceptance_own', 'acceptance_own', { connector: 'postgres', source: source.place }), 'setup')
    await (await hooksOf('postgres')).setUp?.({ access, source, name: 'acceptance_own' })
    expect(await undo.setup.recognise(clients, setup)).to.equal('ours')
    await undo.setup.undo(clients, setup)
    expect(await undo.setup.hasEnded(clients, setup)).to.equal(true)
    expect(await undo.setup.find(clients, setup)).to.equal(undefined)
    expect(await everything()).to.deep.equal(before)
  })

  test('a set-up is in doubt where its connector no longer has a set-up', async () => {
    const own = known(entry('acceptance_d', 'acceptance_d', { connector: 'no-such-connector' }), 'setup')
    expect(await undo.setup.recognise(clients, own)).to.deep.equal({
      doubt: 'features/connector/no-such-connector/hooks.ts sets nothing up any more',
    })
  })

  test('a schema is not dropped where it has changed since it was recognised', async () => {
    await makeSchema(source, 'workshop_late', ['CREATE TABLE parts (id int)'])
    expect(await recogniseSchema(source, 'workshop_late')).to.equal('ours')
    await database.run('CREATE TABLE workshop_late.tools (id int)')
    const before = await everything()
    const error = await dropSchema(source, 'workshop_late').catch((reason: Error) => reason)
    expect(error)
      .to.have.property('message')
      .that.matches(/^Not dropped: the schema workshop_late holds parts, tools, and its comment says ".*: parts"\.$/)
    expect(await everything()).to.deep.equal(before)
  })

  test('a schema that is still being read is dropped, also where drop and reader wait for each other', async () => {
    await makeSchema(source, 'workshop_read', ['CREATE TABLE parts (id int)', 'CREATE VIEW labels AS SELECT id FROM parts'])
    const reader = await SourceDatabase.open(loginOf(ada.sandbox.variables))
    await reader.run('BEGIN', 'SELECT id FROM workshop_read.parts')
    const dropped = dropSchema(source, 'workshop_read')
    await eventually(async () => expect(await database.waiting('workshop_read.parts')).to.equal(1))
    // The view is locked by the drop, which waits for the table: the database ends the one that began to wait first.
    await reader.run('SELECT id FROM workshop_read.labels', 'COMMIT')
    await dropped
    await reader.close()
    expect(await recogniseSchema(source, 'workshop_read')).to.equal('gone')
  })

  test('a schema of that name that others made is neither used nor dropped', async () => {
    await database.run('CREATE SCHEMA workshop_taken')
    const error = await makeSchema(source, 'workshop_taken', []).catch((reason: Error) => reason)
    expect(error).to.have.property('message').that.contains('already exists')
    expect(await recogniseSchema(source, 'workshop_taken'))
      .to.have.property('doubt')
      .that.contains('has no comment by which')
  })
})
