import { expect } from 'chai'
import { mayBreak } from '../../core/may-break'
import type { AcceptanceWorld } from '../../world'
import { OrbitalScene, type OwnBackend } from './scene'
import { sql } from './servers'

const SERVERS = ['rabbitmq', 'mongodb', 'redis']
const TABLES = `select table_schema || '.' || table_name as name from information_schema.tables
  where table_schema in ('marten', 'self_delivery') order by 1`

/** For scenarios that meddle with connections and consumers; live there is one backend for all. */
export async function startOwnBackend(world: AcceptanceWorld, settings: Record<string, string | number> = {}): Promise<void> {
  const { access, undo } = world
  const { powers } = access
  if (!powers) return
  const scene = world.scene(OrbitalScene)
  await undo.create('orbital.backend', access.unique('backend'), { by: 'Ada' }, async (name) => {
    scene.backend = await powers.post<OwnBackend>('/backends', { name, settings })
    return scene.backend
  })
}

/** For as long as the scenario's own backend runs; the backend others use is left as it is. */
export async function overrideSetting(scene: OrbitalScene, name: string, value: number): Promise<void> {
  await startOwnBackend(scene.world, { [name]: value })
}

function ownId(scene: OrbitalScene): string {
  if (!scene.backend) throw new Error('The scenario has no backend of its own.')
  return scene.backend.id
}

/** To this scenario's backend, and to nobody else, the server is gone or back. */
export async function changeLine(scene: OrbitalScene, server: string, what: 'cut' | 'mend'): Promise<void> {
  await scene.world.access.powers?.post(`/backends/${ownId(scene)}/lines/${server}/${what}`)
}

export async function askHealth(scene: OrbitalScene): Promise<void> {
  await Promise.all(SERVERS.map((name) => scene.world.access.powers?.post(`/servers/${name}/ready`)))
  scene.health = await scene.stranger().health()
}

export function expectAllWell(scene: OrbitalScene, names: readonly string[]): void {
  expect(scene.health?.status, 'the health as a whole').to.equal('ok')
  for (const name of names) expect(scene.health?.checks, `the health of ${name}`).to.have.property(name, 'ok')
}

export async function askRevision(scene: OrbitalScene): Promise<void> {
  const rows = await sql<{ version_num: string }>(scene.world.access, 'select version_num from public.alembic_version')
  scene.versions = rows.map(({ version_num }) => version_num)
}

export function expectRevision(scene: OrbitalScene, revision: string): void {
  expect(scene.versions, 'revisions the database says it is at').to.deep.equal([revision])
}

export async function askRevisions(scene: OrbitalScene): Promise<void> {
  scene.revisions = (await scene.world.access.powers?.get('/revisions')) ?? []
}

/** From the one without a parent every revision has one that follows it, but the last. */
export function expectOneChain({ revisions }: OrbitalScene): void {
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
export async function makeDatabase(scene: OrbitalScene): Promise<void> {
  const { access, undo } = scene.world
  const { powers } = access
  if (!powers) throw new Error('Only the sandbox makes databases.')
  await undo.create('orbital.database', access.unique('database'), { by: 'Ada' }, async (name) => {
    const { id, url } = await powers.post<{ id: string; url: string }>('/databases', { name })
    access.learn(url)
    scene.database = { id, url }
    return { id }
  })
}

/** @returns the revisions that were applied or taken back */
export async function migrate(scene: OrbitalScene, how: 'upgrade' | 'downgrade'): Promise<string[]> {
  const done = await scene.world.access.powers?.post<{ applied: string[] }>(`/databases/${scene.database?.id}/${how}`)
  return done?.applied ?? []
}

export async function expectUpgradeDoesNothing(scene: OrbitalScene): Promise<void> {
  const before = await shape(scene)
  expect(await migrate(scene, 'upgrade'), 'revisions applied once more').to.deep.equal([])
  expect(await shape(scene), 'tables and revision after upgrading again').to.deep.equal(before)
}

export async function expectTables(scene: OrbitalScene, tables: readonly string[], revision: string | undefined): Promise<void> {
  const found = await shape(scene)
  expect(found.tables, 'tables').to.deep.equal(tables)
  expect(found.revisions, 'revisions the database says it is at').to.deep.equal(revision ? [revision] : [])
}

const HEAD = '0003_deliveries'

export function expectComplete(scene: OrbitalScene): Promise<void> {
  return expectTables(scene, ['marten.users', 'self_delivery.couriers', 'self_delivery.deliveries'], HEAD)
}

async function shape(scene: OrbitalScene): Promise<{ tables: string[]; revisions: string[] }> {
  const { Client } = await import('pg')
  const client = mayBreak(new Client({ connectionString: scene.database?.url }))
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(TABLES)
    const revisions = await client.query<{ version_num: string }>('select version_num from public.alembic_version')
    return { tables: tables.rows.map(({ name }) => name), revisions: revisions.rows.map((row) => row.version_num) }
  } finally {
    await client.end()
  }
}
