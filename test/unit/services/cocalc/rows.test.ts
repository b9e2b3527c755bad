import { randomInt, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { Pool } from 'pg'
import { newPool } from '../../../../sandbox/backing/postgres-client'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { cleanupFrom, type DatabaseLogin } from '../../../../support/services/cocalc/cleanup-settings'
import { Database } from '../../../../support/services/cocalc/database'
import {
  removeAccount,
  removeLateProject,
  removeMessage,
  removeOrganization,
  removeProject,
  removeToken,
} from '../../../../support/services/cocalc/rows'
import { fingerprintOf } from '../../../../support/services/cocalc/undo'
import { everyRow } from '../../../support/cocalc-database'

const ROUNDS = 25

let cocalc: CocalcWire
let database: Database
let sql: Pool
before(async () => {
  cocalc = await bareCocalc()
  database = await open()
  sql = newPool(login())
})
after(async () => {
  await sql.end()
  await database.close()
  await cocalc.stop()
})

function login(): DatabaseLogin {
  const cleanup = cleanupFrom((name) => cocalc.variables[name])
  if (cleanup.kind !== 'database') throw new Error('the sandbox has no database')
  return cleanup.login
}

const open = (): Promise<Database> => Database.open(login())

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T
const some = <T>(list: readonly T[]): T[] => list.filter(() => randomInt(2) === 0)
const maybe = <T>(value: T): T | null => (randomInt(3) === 0 ? null : value)

interface Row {
  id: string
  ours: boolean
}

/** The account that has created everything of the suite. */
const ME = randomUUID()
const OURS = 'Ours 1700000000-abcdef-1'
const emailOf = (id: string): string => `${id}@example.org`

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
  await sql.query('INSERT INTO accounts (account_id, email_address, first_name, org, owner_id) VALUES ($1, $2, $3, $4, $5)', [
    id,
    ours ? emailOf(id) : maybe(emailOf(id)),
    ours ? OURS : maybe(OURS),
    maybe('botany'),
    ours ? ME : maybe(ME),
  ])
  await sql.query('INSERT INTO api_keys (account_id, name) VALUES ($1, $2)', [id, id])
  await sql.query('INSERT INTO auth_tokens (auth_token, account_id) VALUES ($1, $2)', [id.replaceAll('-', '').slice(0, 24), id])
  return { id, ours }
}

/** Of other people's projects at least one of them is an owner. */
async function project(ours: boolean, ids: readonly string[], theirs: readonly string[]): Promise<Row> {
  const id = randomUUID()
  const users = Object.fromEntries(some(ids).map((one) => [one, { group: pick(['owner', 'collaborator']), hide: true }]))
  if (ours) users[ME] = { group: 'owner', hide: false }
  else users[pick(theirs)] = { group: 'owner', hide: false }
  await sql.query('INSERT INTO projects (project_id, title, users, deleted) VALUES ($1, $2, $3, $4)', [
    id,
    ours ? OURS : pick(['My First Project', 'Herbarium', '%', "'; --", OURS]),
    JSON.stringify(users),
    maybe(true),
  ])
  await sql.query('INSERT INTO project_log (id, project_id, account_id) VALUES ($1, $2, $3)', [randomUUID(), id, pick(ids)])
  const hash = hashOf(id)
  await sql.query('INSERT INTO jupyter_api_log (project_id, hash) VALUES ($1, $2)', [id, hash])
  await sql.query('INSERT INTO jupyter_api_cache (hash) VALUES ($1)', [hash])
  return { id, ours }
}

/** One cached execution of a project. */
const hashOf = (project: string): string => project.replaceAll('-', '')

const nameOf = (id: string): string => `o-${id.slice(0, 30)}`

async function organization(ours: boolean, ids: readonly string[]): Promise<Row> {
  const id = randomUUID()
  await sql.query('INSERT INTO organizations (organization_id, name, admin_account_ids, users) VALUES ($1, $2, $3, $4)', [
    id,
    nameOf(id),
    maybe(some(ids)),
    maybe(JSON.stringify(Object.fromEntries(some(ids).map((id) => [id, {}])))),
  ])
  return { id, ours }
}

/** A message may have any author and any recipients. */
async function message(ours: boolean, ids: readonly string[], theirs: readonly string[]): Promise<Row> {
  const from = ours ? ME : pick(theirs)
  const { rows } = await sql.query<{ id: number }>(
    'INSERT INTO messages (from_id, to_ids, subject, body) VALUES ($1, $2, $3, $4) RETURNING id',
    [from, [pick(ids), ...some(ids)], OURS, 'body'],
  )
  return { id: String(rows[0]?.id), ours }
}

async function idsIn(table: string, column: string): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>(`SELECT ${column}::text AS id FROM ${table}`)
  return new Set(rows.map(({ id }) => id))
}

const madeProject = (id: string) => ({ id, title: OURS, owner: ME })
const madeAccount = (id: string) => ({ id, email: emailOf(id), firstName: OURS, givenBy: ME })

function expectLeft(there: Set<string>, rows: readonly Row[], what: string): void {
  for (const { id, ours } of rows) expect(there.has(id), `${what} ${id}, ${ours ? 'ours' : 'another account’s'}`).to.equal(!ours)
}

describe('removing rows of a run from the database', () => {
  // COC-S08
  test('changes no row of another account, however they are related', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const all = await populate()
      const ours = (rows: readonly Row[]) => rows.filter((row) => row.ours).map(({ id }) => id)
      for (const id of ours(all.projects)) await removeProject(database, madeProject(id))
      for (const id of ours(all.accounts)) await removeAccount(database, madeAccount(id))
      for (const id of ours(all.organizations)) await removeOrganization(database, { id, name: nameOf(id) })
      for (const id of ours(all.messages)) await removeMessage(database, { id, sender: ME, subject: OURS })
      expectLeft(await idsIn('projects', 'project_id'), all.projects, 'project')
      expectLeft(await idsIn('accounts', 'account_id'), all.accounts, 'account')
      expectLeft(await idsIn('organizations', 'organization_id'), all.organizations, 'organization')
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

  test('an account is removed with its first project, and no other', async () => {
    const [mine, other] = [await account(true), await account(false)]
    const owned = async (title: string, users: object) => {
      const made = await project(false, [other.id], [other.id])
      await sql.query('UPDATE projects SET title = $2, users = $3 WHERE project_id = $1', [made.id, title, JSON.stringify(users)])
      return made
    }
    const owner = { group: 'owner' }
    const first = await owned('My First Project', { [mine.id]: owner })
    const others = [
      await owned('Herbarium', { [mine.id]: owner }),
      await owned('My First Project', { [mine.id]: owner, [other.id]: { group: 'collaborator' } }),
      await owned('My First Project', { [mine.id]: owner, [other.id]: owner }),
      await owned('My First Project', { [mine.id]: { group: 'collaborator' } }),
    ]
    expect(await removeLateProject(database, mine.id), 'late projects of an account that is there').to.equal(0)
    expect(await removeAccount(database, madeAccount(mine.id))).to.deep.equal({ rows: 1, firstProjects: 1 })
    expectLeft(await idsIn('projects', 'project_id'), [{ ...first, ours: true }, ...others], 'project')
    await expectForgotten([mine.id])
    expect(await removeAccount(database, madeAccount(mine.id))).to.deep.equal({ rows: 0, firstProjects: 0 })
    const late = await owned('My First Project', { [mine.id]: owner })
    expect(await removeLateProject(database, mine.id)).to.equal(1)
    expectLeft(await idsIn('projects', 'project_id'), [{ ...late, ours: true }, ...others], 'project')
  })

  test('removes nothing where the id matches and any other value does not', async () => {
    const all = await populate()
    const before = await everyRow(cocalc)
    const first = (rows: readonly Row[]): string => rows.find(({ ours }) => ours)?.id ?? ''
    const [project, account, organization, message] = [all.projects, all.accounts, all.organizations, all.messages].map(first)
    const { rows } = await sql.query<{ auth_token: string }>('SELECT auth_token FROM auth_tokens WHERE account_id = $1', [
      account,
    ])
    const fingerprint = fingerprintOf(rows[0]?.auth_token ?? '')
    const others = [
      removeProject(database, { ...madeProject(project ?? ''), title: 'Herbarium' }),
      removeProject(database, { ...madeProject(project ?? ''), owner: randomUUID() }),
      removeAccount(database, { ...madeAccount(account ?? ''), email: 'flora@example.org' }),
      removeAccount(database, { ...madeAccount(account ?? ''), firstName: 'Flora' }),
      removeAccount(database, { ...madeAccount(account ?? ''), givenBy: randomUUID() }),
      removeOrganization(database, { id: organization ?? '', name: 'Botany' }),
      removeMessage(database, { id: message ?? '', sender: randomUUID(), subject: OURS }),
      removeMessage(database, { id: message ?? '', sender: ME, subject: 'Botany' }),
      removeToken(database, { fingerprint, account: account ?? '', givenBy: ME }),
      removeToken(database, { fingerprint: fingerprintOf('another'), account: account ?? '', givenBy: ME }),
    ]
    for (const { rows } of await Promise.all(others)) expect(rows).to.equal(0)
    expect(await everyRow(cocalc)).to.deep.equal(before)
  })

  test('of the log only entries about a removed account’s sign-in are removed', async () => {
    const { id } = await account(true)
    const entries: Record<string, [event: string, value: object, isOurs: boolean]> = {
      [randomUUID()]: ['auth-token', { action: 'create', account_id: id, created_by: ME }, true],
      [randomUUID()]: ['auth-token', { action: 'create', account_id: ME, user_account_id: id }, true],
      [randomUUID()]: ['auth-token', { action: 'create', account_id: id, user_account_id: ME }, false],
      [randomUUID()]: ['auth-token', { action: 'create', account_id: ME, note: `after ${id} was here` }, false],
      [randomUUID()]: ['sign-in', { account_id: id }, false],
    }
    for (const [key, [event, value]] of Object.entries(entries))
      await sql.query('INSERT INTO central_log (id, event, value) VALUES ($1, $2, $3)', [key, event, JSON.stringify(value)])
    await removeAccount(database, madeAccount(id))
    const rows = Object.entries(entries).map(([key, [, , ours]]) => ({ id: key, ours }))
    expectLeft(await idsIn('central_log', 'id'), rows, 'log entry')
  })

  test('executions that also ran elsewhere stay in the cache', async () => {
    const [ours, theirs] = [await project(true, [ME], [ME]), await project(false, [ME], [ME])]
    await sql.query('INSERT INTO jupyter_api_log (project_id, hash) VALUES ($1, $2)', [theirs.id, hashOf(ours.id)])
    await removeProject(database, madeProject(ours.id))
    const results = [ours, theirs].map(({ id }) => ({ id: hashOf(id), ours: false }))
    expectLeft(await idsIn('jupyter_api_cache', 'hash'), results, 'results of')
  })

  test('tables of another schema are never meant', async () => {
    const one = await account(true)
    await sql.query('CREATE SCHEMA IF NOT EXISTS elsewhere')
    await sql.query('CREATE TABLE elsewhere.accounts AS SELECT * FROM public.accounts')
    await sql.query(`ALTER DATABASE "${login().database}" SET search_path = elsewhere, public`)
    const other = await open()
    try {
      expect((await removeAccount(other, madeAccount(one.id))).rows).to.equal(1)
      expect(await idsIn('elsewhere.accounts', 'account_id')).to.include(one.id)
    } finally {
      await other.close()
      await sql.query(`ALTER DATABASE "${login().database}" RESET search_path`)
      await sql.query('DROP SCHEMA elsewhere CASCADE')
    }
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

  test('a broken connection is reported, and the next removal has a new one', async () => {
    const one = await account(true)
    const failing = database.transaction(async (statements) => {
      await statements.run('DELETE FROM accounts WHERE account_id = $1', [one.id])
      await statements.run('SELECT pg_terminate_backend(pg_backend_pid())', [])
    })
    expect(await failing.catch((error: Error) => error.message)).to.match(/terminating connection/)
    expect(await removeAccount(database, madeAccount(one.id))).to.include({ rows: 1 })
  })
})

/** No row of another account mentions them any more. */
async function expectForgotten(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    expect(await database.count('public.projects WHERE users ? $1::text', [id]), 'projects that mention them').to.equal(0)
    expect(await database.count('public.organizations WHERE $1::uuid = ANY(admin_account_ids)', [id]), 'organizations').to.equal(
      0,
    )
    expect(await database.count('public.organizations WHERE users ? $1::text', [id]), 'organizations').to.equal(0)
  }
}
