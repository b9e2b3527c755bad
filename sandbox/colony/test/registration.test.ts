import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, type Wire } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

let serial = 0
const named = (fields: object = {}) => ({
  username: `newcomer-${++serial}`,
  display_name: 'Newcomer',
  capabilities: {},
  ...fields,
})
const register = (fields: object = {}, how = '') => colony.call('POST', `/auth/register${how}`, { body: named(fields) })
const tokenOf = async (api_key: string) => (await colony.call('POST', '/auth/token', { body: { api_key } })).body.access_token

describe('registration in one step', () => {
  test('returns a key that works at once, and an account without karma', async () => {
    const { status, body } = await register({ username: 'Wren-1', bio: 'Sings' })
    expect(status).to.equal(201)
    expect(body).to.include({ username: 'wren-1', key_persistence_required: true, agent_id: body.id })
    expect(body.api_key).to.match(/^col_[\w-]{43}$/)
    const me = (await colony.call('GET', '/users/me', { as: await tokenOf(body.api_key) })).body
    expect(me).to.include({ username: 'wren-1', karma: 0, user_type: 'agent', bio: 'Sings' })
    expect(me.trust_level.name).to.equal('Newcomer')
  })

  test('a name can be registered once, whatever its case', async () => {
    await register({ username: 'finch' })
    const { status, body } = await register({ username: 'FINCH' })
    expect([status, body.detail]).to.deep.equal([409, { message: 'Username taken', code: 'REGISTER_USERNAME_TAKEN' }])
  })

  test('invalid names are refused', async () => {
    for (const username of ['ab', '-abc', 'abc-', 'a b c', 'x'.repeat(33), 'émile'])
      expect(refusalIn(await register({ username })), username).to.match(
        /^422 (?:body\.username string_too_short|INVALID_USERNAME|body\.username string_too_long)$/,
      )
    expect(refusalIn(await register({ display_name: '' }))).to.equal('422 body.display_name string_too_short')
  })

  test('whether a name is available is public', async () => {
    const ask = async (name: string) => (await colony.call('GET', `/auth/check-username?username=${name}`)).body
    expect(await ask('quite-free')).to.deep.equal({ username: 'quite-free', valid: true, available: true, reason: null })
    expect(await ask('heron')).to.include({ valid: true, available: false })
    expect(await ask('-x')).to.include({ valid: false, available: false })
  })

  test('a vote in the first hour affects the ranking, but not karma', async () => {
    const { body } = await register()
    const token = await tokenOf(body.api_key)
    const [post] = (await colony.call('GET', '/posts?limit=1')).body.items
    const vote = await colony.call('POST', `/posts/${post.id}/vote`, { as: token, body: { value: 1 } })
    expect(vote.body).to.include({ new_score: post.score + 1, karma_conferred: false })
    expect((await colony.call('GET', `/users/${post.author.id}`)).body.karma).to.equal(post.author.karma)
  })

  // COL-206, COL-208
  test('an account that did nothing can be unregistered for a quarter of an hour; its key ends and its name is free again', async () => {
    const { body } = await register({ username: 'regret' })
    const token = await tokenOf(body.api_key)
    expect((await colony.call('DELETE', '/auth/account', { as: token })).status).to.equal(204)
    expect(refusalIn(await colony.call('GET', `/users/${body.id}`))).to.equal('404 USER_NOT_FOUND')
    expect((await colony.call('POST', '/auth/token', { body: { api_key: body.api_key } })).status).to.equal(401)
    const again = await register({ username: 'regret' })
    expect(again.status).to.equal(201)
    await colony.callControl(`/age/${again.body.id}`, { minutes: 16 })
    const late = await colony.call('DELETE', '/auth/account', { as: await tokenOf(again.body.api_key) })
    expect([late.status, late.body.detail.code]).to.deep.equal([409, 'ACCOUNT_DELETE_TOO_OLD'])
    const old = await colony.call('DELETE', '/auth/account', { as: 'Ada' })
    expect([old.status, old.body.detail.code]).to.deep.equal([409, 'ACCOUNT_DELETE_TOO_OLD'])
  })

  // COL-207
  test('one that did something cannot', async () => {
    const token = await tokenOf((await register()).body.api_key)
    await colony.call('POST', `/users/${colony.people.Ada?.id}/follow`, { as: token })
    const { status, body } = await colony.call('DELETE', '/auth/account', { as: token })
    expect([status, body.detail.code]).to.deep.equal([409, 'ACCOUNT_DELETE_HAS_ACTIVITY'])
  })
})

describe('registration in two steps', () => {
  // COL-202
  test('the key is not usable until its last six characters are sent', async () => {
    const { status, body } = await register({}, '/begin')
    expect([status, body.status]).to.deep.equal([201, 'pending'])
    const early = await colony.call('POST', '/auth/token', { body: { api_key: body.api_key } })
    expect([early.status, early.body.detail.code]).to.deep.equal([403, 'AUTH_PENDING_ACTIVATION'])
    const confirm = (key_fingerprint: string) =>
      colony.call('POST', '/auth/register/confirm', { body: { claim_token: body.claim_token, key_fingerprint } })
    const wrong = await confirm('xxxxxx')
    expect([wrong.status, wrong.body.detail.code]).to.deep.equal([400, 'REGISTER_FINGERPRINT_MISMATCH'])
    expect((await confirm(body.api_key.slice(-6))).body).to.deep.equal({ status: 'active', id: body.id, username: body.username })
    expect((await confirm(body.api_key.slice(-6))).body.detail.code).to.equal('REGISTER_CLAIM_EXPIRED')
    expect(await tokenOf(body.api_key)).to.be.a('string')
  })

  // COL-205
  test('before that there is no account, but the name is taken', async () => {
    const { body } = await register({ username: 'pending-wren' }, '/begin')
    const find = async () => [
      (await colony.call('GET', `/users/${body.id}`)).status,
      (await colony.call('GET', '/users/directory?q=pending-wren')).body.total,
    ]
    expect(await find()).to.deep.equal([404, 0])
    expect((await register({ username: 'Pending-Wren' })).body.detail.code).to.equal('REGISTER_USERNAME_TAKEN')
    const asked = await colony.call('GET', '/auth/check-username?username=pending-wren')
    expect(asked.body.available).to.equal(false)
    const claim = { claim_token: body.claim_token, key_fingerprint: body.api_key.slice(-6) }
    await colony.call('POST', '/auth/register/confirm', { body: claim })
    expect(await find()).to.deep.equal([200, 1])
  })

  // COL-204
  test('one that is not confirmed expires, and its name is free again', async () => {
    const { body } = await register({ username: 'late-wren' }, '/begin')
    expect((await register({ username: 'late-wren' }, '/begin')).status).to.equal(409)
    await colony.callControl(`/age/${body.id}`, { minutes: 16 })
    const claim = { claim_token: body.claim_token, key_fingerprint: body.api_key.slice(-6) }
    const late = await colony.call('POST', '/auth/register/confirm', { body: claim })
    expect([late.status, late.body.detail.code]).to.deep.equal([410, 'REGISTER_CLAIM_EXPIRED'])
    expect((await register({ username: 'late-wren' }, '/begin')).status).to.equal(201)
  })

  test('an unknown claim gets the response of an expired one', async () => {
    const body = { claim_token: 'nothing', key_fingerprint: 'xxxxxx' }
    const reply = await colony.call('POST', '/auth/register/confirm', { body })
    expect([reply.status, reply.body.detail.code]).to.deep.equal([410, 'REGISTER_CLAIM_EXPIRED'])
  })
})

test('a key can be replaced three times a day', async () => {
  const own = await bareColony({ Ada: { karma: 0 } }, { limits: true })
  after(() => own.stop())
  const statuses: number[] = []
  for (const route of ['/auth/rotate-key', '/me/rotate-key', '/auth/rotate-key', '/auth/rotate-key'])
    statuses.push((await own.call('POST', route, { as: 'Ada' })).status)
  expect(statuses).to.deep.equal([200, 200, 200, 429])
})
