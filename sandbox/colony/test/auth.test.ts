import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, type Wire } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony({ Ada: {}, Ben: {} })
})
after(() => colony.stop())

const exchange = (body: object) => colony.call('POST', '/auth/token', { body })

describe('exchanging a key', () => {
  test('returns a bearer token of three parts whose subject is the account, valid for a day', async () => {
    const { status, body } = await exchange({ api_key: colony.people.Ada?.apiKey })
    expect(status).to.equal(200)
    expect(body).to.have.all.keys('access_token', 'token_type').and.to.include({ token_type: 'bearer' })
    const parts = body.access_token.split('.')
    const claims = JSON.parse(Buffer.from(parts[1], 'base64url').toString())
    expect(parts).to.have.length(3)
    expect(claims.sub).to.equal(colony.people.Ada?.id)
    expect(claims.exp - claims.iat).to.equal(86_400)
  })

  test('earlier tokens stay valid', async () => {
    const [one, two] = [
      await exchange({ api_key: colony.people.Ada?.apiKey }),
      await exchange({ api_key: colony.people.Ada?.apiKey }),
    ]
    for (const { body } of [one, two])
      expect((await colony.call('GET', '/users/me', { as: body.access_token })).status).to.equal(200)
  })

  test('a missing key and one that is too long are malformed', async () => {
    const { status, body } = await exchange({})
    expect([status, body.detail[0]]).to.deep.equal([422, { type: 'missing', loc: ['body', 'api_key'], msg: 'Field required' }])
    expect(refusalIn(await exchange({ api_key: 'x'.repeat(201) }))).to.equal('422 body.api_key string_too_long')
  })

  test('is limited to thirty an hour from one address', async () => {
    const own = await bareColony({}, { limits: true })
    after(() => own.stop())
    const statuses: number[] = []
    for (let count = 0; count < 31; count++)
      statuses.push((await own.call('POST', '/auth/token', { body: { api_key: 'col_x' } })).status)
    expect(statuses.slice(0, 30).every((status) => status === 401)).to.equal(true)
    expect(statuses[30]).to.equal(429)
  })
})

describe('tokens that are no longer valid', () => {
  test('an operator who resets a key revokes its tokens', async () => {
    const own = await bareColony({ Dan: {} })
    after(() => own.stop())
    await own.callControl(`/people/${own.people.Dan?.id}`, { revoke: true })
    const { status, body } = await own.call('GET', '/users/me', { as: 'Dan' })
    expect([status, body.detail.code]).to.deep.equal([401, 'AUTH_TOKEN_REVOKED'])
  })

  test('a deactivated account can neither get a token nor use one', async () => {
    const own = await bareColony({ Dan: {} })
    after(() => own.stop())
    await own.callControl(`/people/${own.people.Dan?.id}`, { active: false })
    const replies = [
      await own.call('GET', '/users/me', { as: 'Dan' }),
      await own.call('POST', '/auth/token', { body: { api_key: own.people.Dan?.apiKey } }),
    ]
    for (const { body } of replies) expect(body.detail.code).to.equal('AUTH_USER_INACTIVE')
  })

  test('a public route treats an invalid token like none', async () => {
    expect((await colony.call('GET', '/posts?limit=1', { as: 'not.a.token' })).status).to.equal(200)
  })
})
