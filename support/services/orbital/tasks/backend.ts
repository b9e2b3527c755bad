import { expect } from 'chai'
import { mayBreak } from '../../../config/may-break'
import type { AcceptanceWorld } from '../../../world'
import { sql } from '../servers'
import { OrbitalState, type OwnBackend } from '../state'

const SERVERS = ['rabbitmq', 'mongodb', 'redis']
const TABLES = `select table_schema || '.' || table_name as name from information_schema.tables
  where table_schema in ('marten', 'self_delivery') order by 1`

/** For scenarios that meddle with connections and consumers; live there is one backend for all. */
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

/** For as long as the scenario's own backend runs; the backend others use is left as it is. */
export async function overrideSetting(state: OrbitalState, name: string, value: number): Promise<void> {
  await startOwnBackend(state.world, { [name]: value })
}

function ownId(state: OrbitalState): string {
  if (!state.backend) throw new Error('The scenario has no backend of its own.')
  return state.backend.id
}

/** To this scenario's backend, and to nobody else, the server is gone or back. */
export async function changeLine(state: OrbitalState, server: string, what: 'cut' | 'mend'): Promise<void> {
  await state.world.access.control?.post(`/backends/${ownId(state)}/lines/${server}/${what}`)
}

export async function askHealth(state: OrbitalState): Promise<void> {
  await Promise.all(SERVERS.map((name) => state.world.access.control?.post(`/servers/${name}/ready`)))
  state.health = await state.stranger().health()
}

export function expectAllWell(state: OrbitalState, names: readonly string[]): void {
  expect(state.health?.status, 'the health as a whole').to.equal('ok')
  for (const name of names) expect(state.health?.checks, `the health of ${name}`).to.have.property(name, 'ok')
}

export async function askRevision(state: OrbitalState): Promise<void> {
  const rows = await sql<{ version_num: string }>(state.world.access, 'select version_num from public.alembic_version')
  state.versions = rows.map(({ version_num }) => version_num)
}

export function expectRevision(state: OrbitalState, revision: string): void {
  expect(state.versions, 'revisions the database says it is at').to.deep.equal([revision])
}

export async function askRevisions(state: OrbitalState): Promise<void> {
  state.revisions = (await state.world.access.control?.get('/revisions')) ?? []
}

/** From the one without a parent every revision has one that follows it, but the last. */
export function expectOneChain({ revisions }: OrbitalState): void {
  expect(revisions.length, 'revisions').to.be.at.least(3)
  const chain: (string | null)[] = [null]
  for (const last of chain) {
    const next = revisions.filter(({ parent }) => parent === last).map(({ id }) => id)
    expect(next.length, `revisions that follow ${last ?? 'the beginning'}: ${next.join(', ')}`).to.be.at.most(1)
    chain.push(...next)
  }
  expect(chain.slice(1), 'the chain').to.have.members(revisions.map(({ id }) => id))
}

/** A database of the scenario's own, empty: the shared one is never taken back. */
export async function makeDatabase(state: OrbitalState): Promise<void> {
  const { access, undo } = state.world
  const { control } = access
  if (!control) throw new Error('Only the sandbox makes databases.')
  await undo.create('orbital.database', access.unique('database'), { by: 'Ada' }, async (name) => {
    const { id, url } = await control.post<{ id: string; url: string }>('/databases', { name })
    access.learn(url)
    state.database = { id, url }
    return { id }
  })
}

/** @returns the revisions that were applied or taken back */
export async function migrate(state: OrbitalState, how: 'upgrade' | 'downgrade'): Promise<string[]> {
  const done = await state.world.access.control?.post<{ applied: string[] }>(`/databases/${state.database?.id}/${how}`)
  return done?.applied ?? []
}

export async function expectUpgradeDoesNothing(state: OrbitalState): Promise<void> {
  const before = await shape(state)
  expect(await migrate(state, 'upgrade'), 'revisions applied once more').to.deep.equal([])
  expect(await shape(state), 'tables and revision after upgrading again').to.deep.equal(before)
}

export async function expectTables(state: OrbitalState, tables: readonly string[], revision: string | undefined): Promise<void> {
  const found = await shape(state)
  expect(found.tables, 'tables').to.deep.equal(tables)
  expect(found.revisions, 'revisions the database says it is at').to.deep.equal(revision ? [revision] : [])
}

const HEAD = '0003_deliveries'

export function expectComplete(state: OrbitalState): Promise<void> {
  return expectTables(state, ['marten.users', 'self_delivery.couriers', 'self_delivery.deliveries'], HEAD)
}

async function shape(state: OrbitalState): Promise<{ tables: string[]; revisions: string[] }> {
  const { Client } = await import('pg')
  const client = mayBreak(new Client({ connectionString: state.database?.url }))
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(TABLES)
    const revisions = await client.query<{ version_num: string }>('select version_num from public.alembic_version')
    return { tables: tables.rows.map(({ name }) => name), revisions: revisions.rows.map((row) => row.version_num) }
  } finally {
    await client.end()
  }
}
