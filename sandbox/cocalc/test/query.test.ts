import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { Client } from 'pg'
import { type CocalcWire, ownCocalc } from './support/server'

type Person = Awaited<ReturnType<CocalcWire['person']>>

let ben: Person
let me: string
const cocalc = ownCocalc(async (own) => {
  ben = await own.person('Ben')
  me = (await own.hub('system.test')).account_id
})

const ask = (query: unknown, options?: unknown, more = {}) => cocalc.hub('db.userQuery', { query, options }, more)
const errorOf = async (query: unknown, options?: unknown, more = {}) => (await ask(query, options, more)).error

describe('queries that read', () => {
  test('one or many, with defaults; lists leave out what is null', async () => {
    expect(await ask({ accounts: { first_name: null, font_size: null, name: null } })).to.deep.equal({
      accounts: { first_name: 'Ada', font_size: 14, name: null },
    })
    expect(await ask({ accounts: [{ first_name: null, profile: null, name: null }] })).to.deep.equal({
      accounts: [{ first_name: 'Ada', profile: { color: 'rgb(170,170,170)' } }],
    })
    expect(await ask({ accounts: { account_id: ben.id, first_name: null } })).to.deep.equal({})
    expect(await ask({ accounts: { account_id: '{account_id}', first_name: null } })).to.have.nested.property(
      'accounts.account_id',
      me,
    )
    expect(await ask([{ accounts: { first_name: null } }, { accounts: [{ account_id: ben.id, org: null }] }])).to.deep.equal([
      { accounts: { first_name: 'Ada' } },
      { accounts: [] },
    ])
  })

  test('one of several values, or a list that holds one', async () => {
    const ids = [await cocalc.hub('projects.createProject'), await cocalc.hub('projects.createProject')]
    const found = (await ask({ projects_all: [{ project_id: { ANY: ids } }] }, [{ set: false }])).projects_all
    expect(found.map(({ project_id }: { project_id: string }) => project_id)).to.have.members(ids)
    expect(await ask({ accounts: { account_id: null, groups: { ANY: 'admin' } } })).to.have.nested.property(
      'accounts.account_id',
      me,
    )
  })

  test('comparisons, order and limit', async () => {
    for (const title of ['a1', 'a2', 'a3']) await cocalc.hub('projects.createProject', { title })
    const titles = async (table: string, fields: object, options?: unknown) =>
      (await ask({ [table]: [{ project_id: null, title: null, ...fields }] }, options))[table].map(
        ({ title }: { title: string }) => title,
      )
    expect(await titles('projects', { title: { LIKE: 'a%' } })).to.deep.equal(['a3', 'a2', 'a1'])
    expect(await titles('projects', { title: { '>=': 'a2', '<': 'a3' } })).to.deep.equal(['a2'])
    expect(
      await titles('projects', { title: { LIKE: 'a%' }, created: { '>': { relative_time: -1, unit: 'hours' } } }),
    ).to.have.length(3)
    expect(
      await titles('projects', { title: { LIKE: 'a%' }, created: { '>': { relative_time: 1, unit: 'hours' } } }),
    ).to.deep.equal([])
    expect(await titles('projects', { title: { LIKE: 'a%' } }, [{ limit: 1 }])).to.have.length(3)
    expect(await titles('projects', { title: { LIKE: 'a%' } }, [{ limit: 1, order_by: '-title' }])).to.deep.equal(['a3'])
    expect(
      await ask({ projects_all: [{ project_id: null, title: { LIKE: 'a%' } }] }, [{ order_by: 'created' }]),
    ).to.have.nested.property('projects_all[0].title', 'a1')
    expect(await titles('projects_all', { title: { LIKE: 'a%' } }, [{ limit: 1 }])).to.have.length(1)
  })

  test('projects of the last six weeks, unless all are requested', async () => {
    const id = await cocalc.hub('projects.createProject', { title: 'old' })
    const { PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = cocalc.variables
    const sql = new Client({ host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD, database: PGDATABASE })
    await sql.connect()
    await sql.query(`UPDATE projects SET last_edited = now() - interval '43 days' WHERE project_id = $1`, [id])
    await sql.end()
    expect(await ask({ projects: [{ project_id: id, title: null }] })).to.deep.equal({ projects: [] })
    expect((await ask({ projects_all: [{ project_id: id, title: null }] })).projects_all).to.have.length(1)
  })

  test('a value that is not an object with one key is refused, with its first key in the message', async () => {
    const invalid = (table: string) => `FATAL: invalid user_query of '${table}' -- query must be an object`
    expect(await errorOf('x')).to.equal(invalid('0'))
    expect(await errorOf('xy')).to.equal('FATAL: must specify exactly one key in the query')
    expect(await errorOf({})).to.equal(invalid('undefined'))
    expect(await errorOf(5)).to.equal(invalid('undefined'))
    expect(await ask([])).to.deep.equal([])
  })

  test('settings that were never set have their defaults', async () => {
    const { accounts } = await ask({ accounts: { other_settings: null } })
    expect(accounts.other_settings).to.include({
      first_steps: true,
      dark_mode_contrast: 90,
      show_global_info2: null,
      page_size: 500,
    })
  })

  test('refusals', async () => {
    const theirs = await cocalc.hub('projects.createProject')
    const unknown = randomUUID()
    const denied = (id: string) => `FATAL: you do not have read access to this project -- account_id=${id}, project_id_=undefined`
    expect(await errorOf({ accounts: {}, projects: {} })).to.equal('FATAL: must specify exactly one key in the query')
    expect(await errorOf({ accounts: [{ org: null }, { org: null }] })).to.equal('FATAL: array of length > 1 not yet implemented')
    expect(await errorOf({ accounts: 'x' })).to.equal("FATAL: invalid user_query of 'accounts' -- query must be an object")
    expect(await errorOf({ nosuch: { x: null } })).to.equal("FATAL: get queries not allowed for table 'nosuch'")
    expect(await errorOf({ nosuch: { x: 1 } })).to.equal("FATAL: table 'nosuch' does not exist")
    expect(await errorOf({ accounts: { password_hash: null } })).to.equal(
      'FATAL: user get query not allowed for accounts.password_hash',
    )
    expect(await errorOf({ accounts: { password_hash: 'x' } })).to.equal('FATAL: changing accounts.password_hash not allowed')
    expect(await errorOf(undefined)).to.equal("TypeError: Cannot read properties of undefined (reading 'undefined')")
    expect(await errorOf({ accounts: { org: null } }, { a: 1 })).to.equal('FATAL: options (={"a":1}) must be an array')
    expect(await errorOf({ accounts: { org: null } }, [{ bogus: 1 }])).to.equal("unknown option 'bogus'")
    expect(await errorOf({ accounts: { org: null } }, [{ account_id: me }], { key: ben.apiKey })).to.equal(
      'user must be admin to sudo',
    )
    expect(await errorOf({ projects: { project_id: theirs, title: null } }, undefined, { key: ben.apiKey })).to.equal(
      denied(ben.id),
    )
    expect(await errorOf({ projects: { project_id: unknown, title: null } }, undefined, { key: ben.apiKey })).to.equal(
      denied(ben.id),
    )
    expect(await ask({ projects: { project_id: unknown, title: null } })).to.deep.equal({})
    expect(await ask({ accounts: { first_name: null } }, [{ account_id: ben.id }])).to.deep.equal({
      accounts: { first_name: 'Ben' },
    })
  })
})

describe('words with a meaning in JavaScript', () => {
  test('are names like any other', async () => {
    for (const word of ['constructor', 'toString', '__proto__']) {
      const holding = (value: unknown) => JSON.parse(`{${JSON.stringify(word)}:${JSON.stringify(value)}}`)
      expect(await errorOf(holding({ x: null }))).to.equal(`FATAL: get queries not allowed for table '${word}'`)
      expect(await errorOf(holding({ x: 1 }))).to.equal(`FATAL: table '${word}' does not exist`)
      expect(await errorOf({ accounts: holding(null) })).to.equal(`FATAL: user get query not allowed for accounts.${word}`)
      expect(await errorOf({ accounts: { org: null } }, [holding(1)])).to.equal(`unknown option '${word}'`)
      expect((await cocalc.hub('messages.get', { type: word })).error).to.equal('error: syntax error at or near "undefined"')
      expect(await cocalc.hub('system.getCustomize', [[word]])).to.deep.equal({})
    }
  })

  test('and values like any other', async () => {
    const id = await cocalc.hub('projects.createProject')
    await ask({ projects: { project_id: id, title: 'constructor' } })
    expect(await ask({ projects_all: [{ project_id: null, title: 'constructor' }] })).to.deep.equal({
      projects_all: [{ project_id: id, title: 'constructor' }],
    })
  })
})

describe('queries that write', () => {
  test('maps are merged, other fields overwritten', async () => {
    const key = ben.apiKey
    expect(await ask({ accounts: { other_settings: { a: { b: 1 } }, font_size: 20 } }, undefined, { key })).to.deep.equal({})
    await ask({ accounts: { other_settings: { a: { c: 2 } } } }, undefined, { key })
    expect(await ask({ accounts: { other_settings: null, font_size: null } }, undefined, { key })).to.deep.equal({
      accounts: { other_settings: { a: { b: 1, c: 2 } }, font_size: 20 },
    })
    expect(await ask({ accounts: [{}] }, undefined, { key })).to.deep.equal({})
  })

  test('concurrent writes to parts of one map lose none', async () => {
    const parts = Array.from({ length: 12 }, (_, at) => `part${at}`)
    await Promise.all(parts.map((part) => ask({ accounts: { editor_settings: { [part]: { on: true } } } })))
    const { accounts } = await ask({ accounts: { editor_settings: null } })
    expect(accounts.editor_settings).to.have.keys(parts)
  })

  test('a project by its people alone', async () => {
    const id = await cocalc.hub('projects.createProject')
    const unknown = randomUUID()
    expect(await ask({ projects: { project_id: id, title: 'New' } })).to.deep.equal({})
    expect((await ask({ projects: { project_id: id, title: null } })).projects.title).to.equal('New')
    expect(await errorOf({ projects: { project_id: id, title: 'x' } }, undefined, { key: ben.apiKey })).to.equal(
      'FATAL: user must be an admin',
    )
    expect(await errorOf({ projects: { project_id: unknown, title: 'x' } })).to.equal(`FATAL: unknown project_id '${unknown}'`)
    expect(await errorOf({ projects: { title: 'x' } })).to.equal('FATAL: must specify projects.project_id')
    expect(await errorOf({ projects: { project_id: id, host: { a: 1 } } })).to.equal('FATAL: changing projects.host not allowed')
    await ask({ projects: { project_id: id, action_request: { action: 'start', time: '{now}' } } })
    expect((await cocalc.hub('projects.state', { project_id: id })).state).to.equal('running')
  })

  test('null is not a text where a write is forced', async () => {
    const forced = (fields: object) => errorOf({ accounts: fields }, [{ set: true }], { key: ben.apiKey })
    expect(await forced({ first_name: null })).to.equal('first_name must be nonempty')
    expect(await forced({ other_settings: null, evaluate_key: null })).to.equal(undefined)
    expect(await ask({ accounts: { evaluate_key: null } }, undefined, { key: ben.apiKey })).to.deep.equal({
      accounts: { evaluate_key: 'Shift-Enter' },
    })
  })

  test('names have rules', async () => {
    await cocalc.hub('org.create', { name: 'acme' })
    const key = ben.apiKey
    expect(await errorOf({ accounts: { first_name: ' ' } }, undefined, { key })).to.equal('first_name must be nonempty')
    expect(await errorOf({ accounts: { name: '-x' } }, undefined, { key })).to.equal(
      'Error: name must contain only a-z,A-Z,0-9, or -, and not start with hyphen.',
    )
    expect(await errorOf({ accounts: { name: 'acme' } }, undefined, { key })).to.equal(
      'name "acme" is already taken by another organization or account',
    )
    await ask({ accounts: { first_name: 'x'.repeat(300) } }, undefined, { key })
    expect((await ask({ accounts: { first_name: null } }, undefined, { key })).accounts.first_name).to.have.length(254)
  })
})
