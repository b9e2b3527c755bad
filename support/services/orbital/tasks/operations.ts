import { expect } from 'chai'
import { OWN_SETTINGS } from '../../../config/postgres'
import type { AcceptanceWorld } from '../../../world'
import { sql } from '../servers'
import { OrbitalState, type OwnBackend, type Schema } from '../state'

const SERVERS = ['rabbitmq', 'mongodb', 'redis']
/** All tables but those of PostgreSQL itself and of the tools that apply the revisions. */
const TABLES = `select table_schema || '.' || table_name as name from information_schema.tables
  where table_schema not in ('pg_catalog', 'information_schema', 'schema_runner') and table_name <> 'alembic_version' order by 1`
const APPLIED = 'select version_num from public.alembic_version'

/** For scenarios that change connections, consumers or settings; a live backend is the same for all. */
export async function startOwnBackend(world: AcceptanceWorld, settings: Record<string, string | number> = {}): Promise<void> {
  const { access, undo } = world
  const { control } = access
  if (!control) return
  const state = world.state(OrbitalState)
  await undo.create('orbital.backend', access.unique('backend'), { by: 'Ada' }, async (name) => {
    state.backend = await control.post<OwnBackend>('/backends', { name, settings })
    return state.backend
  })
}

/** As long as the scenario's own backend runs; the backend that others use is not changed. */
export async function overrideSetting(state: OrbitalState, name: string, value: number): Promise<void> {
  await startOwnBackend(state.world, { [name]: value })
}

function ownId(state: OrbitalState): string {
  if (!state.backend) throw new Error('The scenario has no backend of its own.')
  return state.backend.id
}

/** Makes the servers unavailable, or available again, for this scenario's backend only. */
export async function setAvailability(state: OrbitalState, servers: readonly string[], what: 'cut' | 'mend'): Promise<void> {
  for (const server of servers) await state.world.access.control?.post(`/backends/${ownId(state)}/lines/${server}/${what}`)
}

export async function checkHealth(state: OrbitalState): Promise<void> {
  await Promise.all(SERVERS.map((name) => state.world.access.control?.post(`/servers/${name}/ready`)))
  state.health = await state.withoutToken().health()
}

/** These servers and no others are checked, and each is available. */
export function expectHealthy({ health }: OrbitalState, names: readonly string[]): void {
  expect(health?.status, 'the health as a whole').to.equal('ok')
  const checks = Object.entries(health?.checks ?? {})
  expect(
    checks.map(([name]) => name),
    'the servers that are checked',
  ).to.have.members([...names])
  for (const [name, result] of checks) expect(result, `the health of ${name}`).to.equal('ok')
}

/** The revision in the database and, on the sandbox, all revisions. */
export async function readRevisions(state: OrbitalState): Promise<void> {
  const { access } = state.world
  state.applied = (await sql<{ version_num: string }>(access, APPLIED)).map(({ version_num }) => version_num)
  state.revisions = (await access.control?.get('/revisions')) ?? []
}

/** Live the latest revision is known only from `ORBITAL_HEAD_REVISION`. */
export function expectLatestRevision(state: OrbitalState): void {
  const { applied, revisions, world } = state
  expect(applied, 'the revisions the database is at').to.have.length(1)
  expect(applied[0], 'the revision the database is at').to.match(/\S/)
  const latest = world.access.setting('ORBITAL_HEAD_REVISION') ?? latestOf(revisions)
  if (latest !== undefined) expect(applied, 'the revisions the database is at').to.deep.equal([latest])
}

/** The one revision that no other has as its parent. */
function latestOf(revisions: OrbitalState['revisions']): string | undefined {
  return revisions.find(({ id }) => !revisions.some(({ parent }) => parent === id))?.id
}

/** The first has no parent, and every other one has the one before it. */
export function expectChain({ revisions }: OrbitalState): void {
  expect(revisions.length, 'revisions').to.be.at.least(1)
  const chain: (string | null)[] = [null]
  for (const last of chain) {
    const next = revisions.filter(({ parent }) => parent === last).map(({ id }) => id)
    expect(next.length, `revisions that follow ${last ?? 'the beginning'}: ${next.join(', ')}`).to.be.at.most(1)
    chain.push(...next)
  }
  expect(chain.slice(1), 'the chain').to.have.members(revisions.map(({ id }) => id))
}

/** For the scenario's own database. */
export async function createDatabase(state: OrbitalState): Promise<void> {
  const { access, undo } = state.world
  const { control } = access
  if (!control) throw new Error('Only the sandbox creates databases.')
  await undo.create('orbital.database', access.unique('database'), { by: 'Ada' }, async (name) => {
    const { id, url } = await control.post<{ id: string; url: string }>('/databases', { name })
    access.learn(url)
    state.database = { id, url }
    return { id }
  })
  await readRevisions(state)
  state.schemas.push(await readSchema(state, []))
}

export async function migrate(state: OrbitalState, direction: 'upgrade' | 'downgrade'): Promise<void> {
  const path = `/databases/${state.database?.id}/${direction}`
  const { applied } = (await state.world.access.control?.post<{ applied: string[] }>(path)) ?? { applied: [] }
  state.schemas.push(await readSchema(state, applied))
}

/** The last migration applied nothing and left tables and revision as they were. */
export function expectUnchanged({ schemas }: OrbitalState): void {
  const [before, after] = schemas.slice(-2)
  expect(after?.applied, 'revisions that were applied').to.deep.equal([])
  expect(after, 'tables and revision').to.deep.include({ tables: before?.tables, revisions: before?.revisions })
}

/** With tables the database is at the latest revision, without at none; later revisions may add tables. */
export function expectTables(state: OrbitalState, tables: readonly string[]): void {
  const { tables: found = [], revisions } = state.schemas.at(-1) ?? {}
  if (tables.length > 0) expect(found, 'tables').to.include.members([...tables])
  else expect(found, 'tables').to.deep.equal([])
  expect(revisions, 'the revisions the database is at').to.deep.equal(tables.length > 0 ? [latestOf(state.revisions)] : [])
}

async function readSchema(state: OrbitalState, applied: string[]): Promise<Schema> {
  const { Client } = await import('pg')
  const client = new Client({ connectionString: state.database?.url, ...OWN_SETTINGS })
  // Without a listener, the `error` event of a lost connection would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(TABLES)
    const isKnown = (await client.query("select to_regclass('public.alembic_version') as name")).rows[0]?.name !== null
    const revisions = isKnown ? (await client.query<{ version_num: string }>(APPLIED)).rows : []
    return { applied, tables: tables.rows.map(({ name }) => name), revisions: revisions.map((row) => row.version_num) }
  } finally {
    await client.end()
  }
}
