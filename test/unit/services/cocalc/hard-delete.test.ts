import { randomInt, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { Pool } from 'pg'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { cleanupFrom } from '../../../../support/services/cocalc/cleanup-settings'
import { Database } from '../../../../support/services/cocalc/database'
import { removeAccount, removeMessage, removeOrganization, removeProject } from '../../../../support/services/cocalc/hard-delete'

const ROUNDS = 25

let cocalc: CocalcWire
let database: Database
let sql: Pool
before(async () => {
  cocalc = await bareCocalc()
  const cleanup = cleanupFrom((name) => cocalc.variables[name])
  if (cleanup.kind !== 'database') throw new Error('the sandbox has no database')
  database = await Database.open(cleanup.login)
  sql = new Pool(cleanup.login).on('error', () => undefined)
})
after(async () => {
  await sql.end()
  await database.close()
  await cocalc.stop()
})

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T
const some = <T>(list: readonly T[]): T[] => list.filter(() => randomInt(2) === 0)
const maybe = <T>(value: T): T | null => (randomInt(3) === 0 ? null : value)

interface Row {
  id: string
  ours: boolean
}

/** Accounts of ours and of others, and everything in which they can be entangled. */
async function populate(): Promise<{ accounts: Row[]; projects: Row[]; organizations: Row[]; messages: Row[] }> {
  const accounts = await Promise.all(Array.from({ length: 8 }, (_, at) => account(at < 3)))
  const ids = accounts.map(({ id }) => id)
  const theirs = accounts.filter(({ ours }) => !ours).map(({ id }) => id)
  const projects = await Promise.all(Array.from({ length: 8 }, (_, at) => project(at < 2, ids, theirs)))
  const organizations = await Promise.all(Array.from({ length: 3 }, (_, at) => organization(at === 0, ids)))
  const messages = await Promise.all(Array.from({ length: 6 }, (_, at) => message(at < 2, ids, theirs)))
  return { accounts, projects, organizations, messages }
}

async function account(ours: boolean): Promise<Row> {
  const id = randomUUID()
  await sql.query('INSERT INTO accounts (account_id, email_address, first_name, org) VALUES ($1, $2, $3, $4)', [
    id,
    maybe(`${id}@example.org`),
    maybe('Somebody'),
    maybe('botany'),
  ])
  await sql.query('INSERT INTO api_keys (account_id, name) VALUES ($1, $2)', [id, id])
  await sql.query('INSERT INTO auth_tokens (auth_token, account_id) VALUES ($1, $2)', [id.replaceAll('-', '').slice(0, 24), id])
  return { id, ours }
}

/** Of other people's projects at least one of them is an owner. */
async function project(ours: boolean, ids: readonly string[], theirs: readonly string[]): Promise<Row> {
  const id = randomUUID()
  const users = Object.fromEntries(some(ids).map((one) => [one, { group: pick(['owner', 'collaborator']), hide: true }]))
  if (!ours) users[pick(theirs)] = { group: 'owner', hide: false }
  await sql.query('INSERT INTO projects (project_id, title, users, deleted) VALUES ($1, $2, $3, $4)', [
    id,
    pick(['My First Project', 'Herbarium', '%', "'; --"]),
    JSON.stringify(users),
    maybe(true),
  ])
  await sql.query('INSERT INTO project_log (id, project_id, account_id) VALUES ($1, $2, $3)', [randomUUID(), id, pick(ids)])
  const hash = hashOf(id)
  await sql.query('INSERT INTO jupyter_api_log (project_id, hash) VALUES ($1, $2)', [id, hash])
  await sql.query('INSERT INTO jupyter_api_cache (hash) VALUES ($1)', [hash])
  return { id, ours }
}

/** Of what was computed in a project, once. */
const hashOf = (project: string): string => project.replaceAll('-', '')

async function organization(ours: boolean, ids: readonly string[]): Promise<Row> {
  const name = `o-${randomUUID().slice(0, 30)}`
  await sql.query('INSERT INTO organizations (organization_id, name, admin_account_ids, users) VALUES ($1, $2, $3, $4)', [
    randomUUID(),
    name,
    maybe(some(ids)),
    maybe(JSON.stringify(Object.fromEntries(some(ids).map((id) => [id, {}])))),
  ])
  return { id: name, ours }
}

/** Whoever wrote a message, it may have gone to anybody. */
async function message(ours: boolean, ids: readonly string[], theirs: readonly string[]): Promise<Row> {
  const from = ours ? pick(ids) : pick(theirs)
  const { rows } = await sql.query<{ id: number }>(
    'INSERT INTO messages (from_id, to_ids, subject, body) VALUES ($1, $2, $3, $4) RETURNING id',
    [from, [pick(ids), ...some(ids)], 'subject', 'body'],
  )
  return { id: String(rows[0]?.id), ours }
}

async function idsIn(table: string, column: string): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>(`SELECT ${column}::text AS id FROM ${table}`)
  return new Set(rows.map(({ id }) => id))
}

function expectLeft(there: Set<string>, rows: readonly Row[], what: string): void {
  for (const { id, ours } of rows) expect(there.has(id), `${what} ${id}, ${ours ? 'ours' : 'somebody else’s'}`).to.equal(!ours)
}

describe('removing rows of a run from the database', () => {
  // COC-S08
  test('touches no row of anybody else, however entangled', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const all = await populate()
      const ours = (rows: readonly Row[]) => rows.filter((row) => row.ours).map(({ id }) => id)
      for (const id of ours(all.projects)) await removeProject(database, id)
      for (const id of ours(all.accounts)) await removeAccount(database, id)
      for (const name of ours(all.organizations)) await removeOrganization(database, name)
      for (const id of ours(all.messages)) await removeMessage(database, id)
      expectLeft(await idsIn('projects', 'project_id'), all.projects, 'project')
      expectLeft(await idsIn('accounts', 'account_id'), all.accounts, 'account')
      expectLeft(await idsIn('organizations', 'name'), all.organizations, 'organization')
      expectLeft(await idsIn('messages', 'id'), all.messages, 'message')
      expectLeft(await idsIn('api_keys', 'account_id'), all.accounts, 'key of')
      expectLeft(await idsIn('auth_tokens', 'account_id'), all.accounts, 'token of')
      expectLeft(await idsIn('project_log', 'project_id'), all.projects, 'log of')
      expectLeft(await idsIn('jupyter_api_log', 'project_id'), all.projects, 'computations in')
      const results = all.projects.map(({ id, ours }) => ({ id: hashOf(id), ours }))
      expectLeft(await idsIn('jupyter_api_cache', 'hash'), results, 'results of')
      await expectForgotten(ours(all.accounts))
    }
  })

  test('an account takes its own projects along, and what the usual clean-up misses', async () => {
    const [mine, other] = [await account(true), await account(false)]
    const own = await project(true, [mine.id], [mine.id])
    const shared = await project(false, [other.id], [other.id])
    await sql.query('UPDATE projects SET users = $2 WHERE project_id = $1', [
      own.id,
      JSON.stringify({ [mine.id]: { group: 'owner' } }),
    ])
    await sql.query(`UPDATE projects SET users = users || $2 WHERE project_id = $1`, [
      shared.id,
      JSON.stringify({ [mine.id]: { group: 'owner' } }),
    ])
    expect(await removeAccount(database, mine.id)).to.deep.equal({ rows: 1, ownProjects: 1 })
    expectLeft(await idsIn('projects', 'project_id'), [own, shared], 'project')
    await expectForgotten([mine.id])
    expect(await removeAccount(database, mine.id)).to.deep.equal({ rows: 0, ownProjects: 0 })
  })

  test('where one statement fails, all of the removal is undone', async () => {
    const one = await account(false)
    const failing = database.transaction(async (statements) => {
      await statements.run('DELETE FROM accounts WHERE account_id = $1', [one.id])
      await statements.run('DELETE FROM nowhere', [])
    })
    expect(await failing.catch((error: Error) => error.message)).to.match(/relation "nowhere" does not exist/)
    expectLeft(await idsIn('accounts', 'account_id'), [one], 'account')
  })

  test('where the connection breaks, that is told, and the next removal has another', async () => {
    const one = await account(true)
    const failing = database.transaction(async (statements) => {
      await statements.run('DELETE FROM accounts WHERE account_id = $1', [one.id])
      await statements.run('SELECT pg_terminate_backend(pg_backend_pid())', [])
    })
    expect(await failing.catch((error: Error) => error.message)).to.match(/terminating connection/)
    expect(await removeAccount(database, one.id)).to.include({ rows: 1 })
  })
})

/** Nobody else's row mentions them any more. */
async function expectForgotten(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    expect(await database.count('projects WHERE users ? $1::text', [id]), 'projects that mention them').to.equal(0)
    expect(await database.count('organizations WHERE $1::uuid = ANY(admin_account_ids)', [id]), 'organizations').to.equal(0)
    expect(await database.count('organizations WHERE users ? $1::text', [id]), 'organizations').to.equal(0)
  }
}
