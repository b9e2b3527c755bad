import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { ownCocalc } from './support/server'

const cocalc = ownCocalc()

const org = (name: string, args: object = {}, more = {}) => cocalc.hub(`org.${name}`, args, more)
const search = (query: unknown, more: object = {}) => cocalc.hub('system.userSearch', { query, ...more })
const fresh = () => `o-${randomUUID().slice(0, 8)}`
let serial = 0
const member = (name: string, more: object = {}) =>
  org('createUser', { name, email: `m${++serial}@example.org`, firstName: 'Flora', lastName: `Meadow${serial}`, ...more })

describe('organizations', () => {
  test('are created with unique names of up to 39 characters', async () => {
    const name = fresh()
    expect(await org('create', { name })).to.match(/^[0-9a-f-]{36}$/)
    expect((await org('create', { name })).error).to.equal(`Error: name ${name} is already used by some account or organization`)
    expect((await org('create', { name: name.toUpperCase() })).error).to.equal(
      'error: duplicate key value violates unique constraint "organizations_lower_name__unique_idx"',
    )
    expect((await org('create', { name: 'x'.repeat(40) })).error).to.equal('error: value too long for type character varying(39)')
  })

  test('are returned with the requested fields only, nulls included', async () => {
    const name = fresh()
    await org('create', { name })
    expect(await org('get', { name })).to.deep.equal({
      name,
      title: null,
      description: null,
      link: null,
      email_address: null,
      admin_account_ids: null,
    })
    expect(await org('set', { name, title: 'T', link: 'L' })).to.equal(null)
    expect(await org('set', { name, title: 'U' })).to.equal(null)
    expect(await org('get', { name })).to.include({ title: 'U', link: 'L', description: null })
    expect((await org('set', { name })).error).to.equal('error: syntax error at or near "WHERE"')
    expect((await org('set', { name, title: 'x'.repeat(255) })).error).to.equal(
      'error: value too long for type character varying(254)',
    )
    const nowhere = 'nonexistent-org-for-testing-12345'
    expect((await org('get', { name: nowhere })).error).to.equal(`Error: no org named '${nowhere}'`)
    expect(await org('getUsers', { name: nowhere })).to.deep.equal([])
    expect(await org('set', { name: nowhere, title: 'T' })).to.equal(null)
    expect(await org('message', { name: nowhere, subject: 's', body: 'b' })).to.equal(null)
  })

  test('are closed to other accounts, with a message per function', async () => {
    const { apiKey: key } = await cocalc.person('Dan')
    const name = fresh()
    await org('create', { name })
    const errorOf = async (what: string, args: object = { name }) => (await org(what, args, { key })).error
    const generic = 'Error: user must be an admin of the organization or site-admin'
    expect(await errorOf('getAll')).to.equal('Error: must be a site admin')
    expect(await errorOf('create')).to.equal('Error: only admins may create organizations')
    for (const what of ['get', 'getUsers', 'set', 'message', 'createUser', 'removeUser', 'removeAdmin'])
      expect(await errorOf(what)).to.equal(generic)
    expect(await errorOf('get', { name: 'nowhere' })).to.equal(generic)
    const user = await member(name)
    expect(await errorOf('addUser', { name, user })).to.equal('Error: only site admins can add/move a user to an org right now')
    expect(await errorOf('addAdmin', { name, user })).to.equal(
      'Error: only site admins can make a user an organization admin right now',
    )
  })

  test('an admin of its own manages it', async () => {
    const name = fresh()
    await org('create', { name })
    const user = await member(name)
    const { apiKey: key } = await cocalc.callControl('/keys', { accountId: user })
    await org('addAdmin', { name, user })
    expect((await org('get', { name }, { key })).admin_account_ids).to.deep.equal([user])
    expect(await org('set', { name, title: 'Ours' }, { key })).to.equal(null)
    expect(await org('createUser', { name, email: `${name}@example.org` }, { key })).to.match(/^[0-9a-f-]{36}$/)
    expect((await org('removeUser', { name, user })).error).to.equal(
      'Error: admin cannot be removed from org; first remove them from being an admin',
    )
    expect(await org('removeAdmin', { name, user })).to.equal(null)
    expect((await org('get', { name })).admin_account_ids).to.deep.equal([])
    expect(await org('removeUser', { name, user })).to.equal(null)
  })
})

describe('members', () => {
  test('have an account, and shortly afterwards a first project', async () => {
    const name = fresh()
    const id = await member(name)
    const { apiKey: key } = await cocalc.callControl('/keys', { accountId: id })
    const query = { projects: [{ title: null, description: null, users: null, state: null }] }
    let found: { title: string; users: unknown }[] = []
    for (let tries = 0; tries < 1_000 && found.length === 0; tries++) {
      found = (await cocalc.hub('db.userQuery', { query }, { key })).projects
      if (found.length === 0) await pause(10)
    }
    expect(found).to.have.length(1)
    expect(found[0]).to.deep.include({ title: 'My First Project', users: { [id]: { group: 'owner' } } })
    const [shown] = await org('getUsers', { name })
    expect(shown).to.include({ account_id: id, first_name: 'Flora' })
    expect(Object.keys(shown)).to.have.members(['first_name', 'last_name', 'account_id', 'email_address', 'last_active'])
  })

  test('addresses are unique, names and address may be missing', async () => {
    await member(fresh(), { email: 'twice@example.org' })
    expect((await member(fresh(), { email: 'twice@example.org' })).error).to.equal(
      'error: duplicate key value violates unique constraint "accounts_email_address_key"',
    )
    const nameless = await org('createUser', { name: fresh() })
    expect((await cocalc.hub('system.getNames', [[nameless]]))[nameless]).to.deep.equal({
      first_name: 'No',
      last_name: 'Name',
      profile: null,
    })
  })

  test('are made admins of their own organization, and moved', async () => {
    const [one, other] = [fresh(), fresh()]
    await org('create', { name: one })
    await org('create', { name: other })
    const user = await member(one)
    expect((await org('addAdmin', { name: other, user })).error).to.equal(
      `Error: User '${user}' is already member of another organization`,
    )
    expect((await org('addAdmin', { name: other, user: 'x@y.zz' })).error).to.equal("Error: no such account 'x@y.zz'")
    expect((await org('addUser', { name: other, user: 'x@y.zz' })).error).to.equal("Error: cannot find user 'x@y.zz'")
    expect(await org('addUser', { name: other, user })).to.equal(null)
    expect(await org('addAdmin', { name: other, user })).to.equal(null)
    expect(await org('addAdmin', { name: other, user })).to.equal(null)
    expect((await org('get', { name: other })).admin_account_ids).to.deep.equal([user])
    expect(await org('getUsers', { name: one })).to.deep.equal([])
  })

  test('sign-in tokens', async () => {
    const user = await member(fresh())
    const { token, url } = await org('createToken', { user })
    expect(token).to.match(/^[A-Za-z0-9]{24}$/)
    expect(url).to.equal(`https:/auth/impersonate?auth_token=${token}`)
    expect((await cocalc.hub('system.ping', {}, { key: token })).error).to.match(/must be signed in/)
    expect(await org('expireToken', { token })).to.equal(null)
    expect(await org('expireToken', { token })).to.equal(null)
    expect((await org('createToken', { user: 'x@y.zz' })).error).to.equal('Error: user is not in an org')
  })
})

describe('an organization without a name', () => {
  test('is created, listed, and not the only one', async () => {
    const before = (await org('getAll', {})).length
    for (let times = 0; times < 2; times++) expect(await org('create', {})).to.match(/^[0-9a-f-]{36}$/)
    const listed = await org('getAll', {})
    expect(listed).to.have.length(before + 2)
    expect(listed.at(-1)).to.deep.equal({ name: null, title: null, admin_account_ids: null })
  })
})

describe('searching people', () => {
  test('by id, by address in lower case, by all words of a name', async () => {
    const id = await member(fresh(), { email: 'rosa@example.org', firstName: 'Rosa', lastName: 'Canina-Multiflora' })
    const ids = async (query: unknown, more = {}) =>
      (await search(query, more)).map(({ account_id }: { account_id: string }) => account_id)
    for (const query of [
      id,
      'rosa@example.org',
      'ROSA@example.org',
      'canina rosa',
      'nobody; rosa canina',
      'rosa@example.org, zzz',
      'rosa@example.org,zzz',
      'zzz;rosa@example.org',
    ])
      expect(await ids(query), query).to.deep.equal([id])
    for (const none of ['rosa xyz', '', undefined, 'rosa@example.com']) expect(await ids(none), String(none)).to.deep.equal([])
    const [byName] = await search('canina')
    expect(byName).to.not.have.property('email_address')
    expect((await search('rosa@example.org'))[0].email_address).to.equal('rosa@example.org')
    await cocalc.callControl('/accounts', { accountId: id, unlisted: true })
    expect(await ids('canina')).to.deep.equal([])
    expect(await ids('canina', { admin: true })).to.deep.equal([id])
  })

  test('an address with capitals is not found, percent signs are literal, and only admins search as admins', async () => {
    await member(fresh(), { email: 'Capital@example.org' })
    expect(await search('Capital@example.org')).to.deep.equal([])
    expect(await search('%')).to.deep.equal([])
    const { apiKey: key } = await cocalc.person('Dan')
    expect((await cocalc.hub('system.userSearch', { query: 'x', admin: true }, { key })).error).to.equal(
      'Error: Must be an admin to do admin search.',
    )
  })

  test('names by id', async () => {
    const unknown = randomUUID()
    expect(await cocalc.hub('system.getNames', [[unknown]])).to.deep.equal({
      [unknown]: { first_name: 'Deleted', last_name: 'User' },
    })
    expect(await cocalc.hub('system.getNames', [[]])).to.deep.equal({})
    expect((await cocalc.hub('system.getNames', [['not-a-uuid']])).error).to.equal(
      'error: invalid input syntax for type uuid: "not-a-uuid"',
    )
    expect((await cocalc.hub('system.getNames', [])).error).to.equal('TypeError: account_ids is not iterable')
  })
})
