import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { Client } from 'pg'
import { bareOrbital, type OrbitalWire } from './support/server'

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

describe('the backend over HTTP', () => {
  let orbital: OrbitalWire
  before(async () => {
    orbital = await bareOrbital({ Ada: {}, Ben: {}, Cleo: { courier: null }, Dan: {} })
  })
  after(() => orbital.stop())

  const invalidFields = async (body: unknown): Promise<string[]> => {
    const answer = await orbital.call('POST', '/courier/location', { as: 'Dan', body })
    expect(answer.status).to.equal(422)
    return answer.body.detail.map(({ loc, msg, type }: { loc: string[]; msg: string; type: string }) => {
      expect([msg, type].every((text) => typeof text === 'string' && text.length > 0)).to.equal(true)
      return loc.join('.')
    })
  }

  test('login', async () => {
    const { phone, password } = orbital.people.Ada ?? { phone: '', password: '' }
    const right = await orbital.call('POST', '/auth/login', { body: { phone, password } })
    expect([right.status, right.body.token_type, right.body.expires_in]).to.deep.equal([200, 'bearer', 3600])
    expect(Object.keys(right.body)).to.have.members(['access_token', 'token_type', 'expires_in'])
    const me = await orbital.call('GET', '/users/me', { as: right.body.access_token })
    expect(me.body).to.deep.equal({
      id: orbital.people.Ada?.id,
      external_id: orbital.people.Ada?.externalId,
      phone,
      courier: { status: 'offline' },
    })
    for (const wrong of [
      { phone, password: 'x' },
      { phone: '0', password },
    ]) {
      const refused = await orbital.call('POST', '/auth/login', { body: wrong })
      expect([refused.status, refused.body]).to.deep.equal([401, { detail: 'Incorrect phone or password' }])
    }
    const missing = await orbital.call('POST', '/auth/login', { body: {} })
    expect(missing.body.detail.map((one: { loc: string[] }) => one.loc)).to.deep.equal([
      ['body', 'phone'],
      ['body', 'password'],
    ])
  })

  test('hashes of other libraries are accepted', async () => {
    const hashes = {
      pbkdf2: 'pbkdf2:sha256:1000$salt$',
      django: 'pbkdf2_sha256$1000$salt$',
    }
    const { pbkdf2Sync, randomUUID } = await import('node:crypto')
    const digest = pbkdf2Sync('secret', 'salt', 1_000, 32, 'sha256')
    const database = new Client({ connectionString: orbital.variables.ORBITAL_POSTGRES_URL })
    await database.connect()
    for (const [name, start] of Object.entries(hashes)) {
      const phone = `+1${Date.now()}${name}`
      const hash = `${start}${digest.toString(name === 'django' ? 'base64' : 'hex')}`
      await database.query('insert into marten.users (external_id, phone, password_hash) values ($1, $2, $3)', [
        randomUUID(),
        phone,
        hash,
      ])
      const right = await orbital.call('POST', '/auth/login', { body: { phone, password: 'secret' } })
      const wrong = await orbital.call('POST', '/auth/login', { body: { phone, password: 'Secret' } })
      expect([right.status, wrong.status], name).to.deep.equal([200, 401])
    }
    await database.end()
  })

  test('no valid token: 401 with a challenge, before anything else is checked', async () => {
    for (const [method, path] of [
      ['POST', '/courier/location'],
      ['GET', '/courier/location/history?limit=0'],
      ['GET', '/deliveries/x'],
    ] as const) {
      const answer = await orbital.call(method, path, { as: 'nonsense' })
      expect([answer.status, answer.body]).to.deep.equal([401, { detail: 'Could not validate credentials' }])
      expect(answer.headers.get('www-authenticate')).to.equal('Bearer')
    }
  })

  test('a report and where it is shown', async () => {
    const before = await orbital.call('GET', '/courier', { as: 'Ada' })
    expect(before.body).to.deep.equal({ user_id: orbital.people.Ada?.id, status: 'offline', location: null })
    const body = { latitude: -90, longitude: 180, accuracy: 0, recorded_at: '2026-01-01T10:00:00+02:00' }
    const taken = await orbital.call('POST', '/courier/location', { as: 'Ada', body })
    expect([taken.status, taken.text]).to.deep.equal([204, ''])
    const location = { latitude: -90, longitude: 180, reported_at: '2026-01-01T08:00:00.000Z' }
    expect((await orbital.call('GET', '/courier', { as: 'Ada' })).body.location).to.deep.equal(location)
    const history = await orbital.call('GET', '/courier/location/history', { as: 'Ada' })
    expect(history.body).to.deep.equal({ items: [{ latitude: -90, longitude: 180, recorded_at: location.reported_at }] })
    await orbital.call('POST', '/courier/location', { as: 'Ada', body: { latitude: 1, longitude: 2 } })
    const now = (await orbital.call('GET', '/courier', { as: 'Ada' })).body.location
    expect(now.reported_at).to.match(ISO)
  })

  test('invalid reports', async () => {
    const good = { latitude: 1, longitude: 2 }
    expect(await invalidFields({})).to.deep.equal(['body.latitude', 'body.longitude'])
    expect(await invalidFields({ ...good, latitude: 90.0001, longitude: -180.0001 })).to.deep.equal([
      'body.latitude',
      'body.longitude',
    ])
    expect(await invalidFields({ ...good, latitude: null })).to.deep.equal(['body.latitude'])
    expect(await invalidFields({ ...good, latitude: true })).to.deep.equal(['body.latitude'])
    expect(await invalidFields({ ...good, accuracy: -0.1 })).to.deep.equal(['body.accuracy'])
    for (const recorded_at of ['yesterday', '2026-13-01T00:00:00Z', 1_700_000_000, new Date(Date.now() + 301_000).toISOString()])
      expect(await invalidFields({ ...good, recorded_at })).to.deep.equal(['body.recorded_at'])
    expect(await invalidFields([])).to.deep.equal(['body'])
    const noJson = await orbital.call('POST', '/courier/location', { as: 'Dan', raw: '{"latitude": 1' })
    expect([noJson.status, noJson.body.detail[0].type]).to.deep.equal([422, 'json_invalid'])
  })

  test('times as clients of any language write them', async () => {
    for (const recorded_at of [
      '2026-01-01T10:00:00Z',
      '2026-01-01T10:00:00.123456+00:00',
      '2026-01-01T10:00',
      '2026-01-01 10:00:00',
      '2026-01-01',
    ])
      expect(
        (await orbital.call('POST', '/courier/location', { as: 'Dan', body: { latitude: 1, longitude: 2, recorded_at } })).status,
        recorded_at,
      ).to.equal(204)
    const soon = new Date(Date.now() + 290_000).toISOString()
    expect(
      (await orbital.call('POST', '/courier/location', { as: 'Dan', body: { latitude: 1, longitude: 2, recorded_at: soon } }))
        .status,
    ).to.equal(204)
  })

  test('the bounds of the history', async () => {
    for (const limit of ['0', '101', '-1', 'x', '1.5'])
      expect(
        (await orbital.call('GET', `/courier/location/history?limit=${limit}`, { as: 'Ben' })).body.detail[0].loc,
        limit,
      ).to.deep.equal(['query', 'limit'])
    for (const limit of ['1', '100'])
      expect((await orbital.call('GET', `/courier/location/history?limit=${limit}`, { as: 'Ben' })).status, limit).to.equal(200)
  })

  test('a user who is not a courier', async () => {
    expect((await orbital.call('GET', '/users/me', { as: 'Cleo' })).body.courier).to.equal(null)
    const calls = [
      ['GET', '/courier', undefined],
      ['PUT', '/courier/status', { status: 'online' }],
      ['POST', '/courier/location', { latitude: 1, longitude: 2 }],
      ['GET', '/courier/location/history', undefined],
    ] as const
    for (const [method, path, body] of calls) {
      const answer = await orbital.call(method, path, { as: 'Cleo', body })
      expect([answer.status, answer.body], path).to.deep.equal([404, { detail: 'Courier not found' }])
    }
  })

  test('a delivery that does not exist', async () => {
    for (const id of ['6f1f1b1c-5b0e-4b59-9f3a-6c2f7b3f3b11', 'not-an-id'])
      for (const [method, path] of [
        ['GET', `/deliveries/${id}`],
        ['POST', `/deliveries/${id}/complete`],
      ] as const)
        expect((await orbital.call(method, path, { as: 'Ada' })).body, path).to.deep.equal({ detail: 'Delivery not found' })
  })

  test('health, unknown paths and methods', async () => {
    const health = await orbital.call('GET', '/health')
    const checks = { postgres: 'ok', rabbitmq: 'ok', mongodb: 'ok', redis: 'ok' }
    expect([health.status, health.body]).to.deep.equal([200, { status: 'ok', checks }])
    expect((await orbital.call('GET', '/nowhere')).body).to.deep.equal({ detail: 'Not Found' })
    const wrong = await orbital.call('DELETE', '/courier', { as: 'Ada' })
    expect([wrong.status, wrong.body]).to.deep.equal([405, { detail: 'Method Not Allowed' }])
  })
})
