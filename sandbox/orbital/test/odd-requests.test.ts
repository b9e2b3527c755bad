import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import { Client } from 'pg'
import { bareOrbital, type CallOptions, type OrbitalWire } from './support/server'

const PLACE = { latitude: 1, longitude: 2 }
const UNKNOWN = { detail: 'Incorrect phone or password' }

describe('invalid and unusual requests', () => {
  let orbital: OrbitalWire
  before(async () => {
    orbital = await bareOrbital()
  })
  after(() => orbital.stop())

  const logIn = (options: CallOptions) => orbital.call('POST', '/auth/login', options)
  const right = (): string => {
    const { phone, password } = orbital.people.Ada ?? { phone: '', password: '' }
    return JSON.stringify({ phone, password })
  }
  const report = (body: object) => orbital.call('POST', '/courier/location', { as: 'Ada', body: { ...PLACE, ...body } })

  test('a body is JSON with any JSON media type, or without one', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/vnd.api+json', 'Application/JSON', undefined])
      expect((await logIn({ raw: right(), type })).status, String(type)).to.equal(200)
    expect((await logIn({ raw: Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(right())]) })).status, 'with a BOM').to.equal(
      200,
    )
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
      expect((await logIn({ raw: right(), type })).body.detail[0].loc, type).to.deep.equal(['body'])
  })

  test('a body that is not a text', async () => {
    const answer = await logIn({ raw: Buffer.from('{"phone":"\xff","password":"x"}', 'latin1') })
    expect([answer.status, answer.body]).to.deep.equal([400, { detail: 'There was an error parsing the body' }])
  })

  test('a phone that no database can contain is unknown', async () => {
    for (const phone of ['1\u0000', '☎️', '', '1'.repeat(50_000)]) {
      const answer = await logIn({ body: { phone, password: 'x' } })
      expect([answer.status, answer.body], JSON.stringify(phone).slice(0, 20)).to.deep.equal([401, UNKNOWN])
    }
  })

  test('a phone that is no text is refused', async () => {
    const answer = await logIn({ body: { phone: '1\ud800', password: 'x' } })
    expect([answer.status, answer.body.detail[0].type, answer.body.detail[0].loc]).to.deep.equal([
      422,
      'string_unicode',
      ['body', 'phone'],
    ])
  })

  test('a token whose subject is not a text, or that is not valid yet, is refused', async () => {
    const secret = Buffer.from(orbital.variables.ORBITAL_JWT_SECRET ?? '')
    const id = orbital.people.Ada?.id ?? 0
    const sign = (claims: object): Promise<string> =>
      new SignJWT({ exp: Math.floor(Date.now() / 1_000) + 60, ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(secret)
    const statuses = async (claims: object) => (await orbital.call('GET', '/users/me', { as: await sign(claims) })).status
    expect(await statuses({ sub: String(id) })).to.equal(200)
    for (const claims of [
      { sub: id },
      { sub: 'x' },
      {},
      { sub: '0' },
      { sub: String(id), nbf: Math.floor(Date.now() / 1_000) + 60 },
    ])
      expect(await statuses(claims), JSON.stringify(claims)).to.equal(401)
  })

  test('the caller is checked before the body, on every call', async () => {
    for (const [method, path] of [
      ['POST', '/courier/location'],
      ['PUT', '/courier/status'],
      ['POST', '/deliveries/6f1f1b1c-5b0e-4b59-9f3a-6c2f7b3f3b11/complete'],
    ] as const)
      expect((await orbital.call(method, path, { raw: '{' })).status, path).to.equal(401)
  })

  test('invalid paths', async () => {
    for (const path of ['/deliveries/%zz', '/%', `/deliveries/${'a'.repeat(200)}`])
      for (const as of ['Ada', 'nobody'])
        expect((await orbital.call('GET', path, { as })).body.detail, path).to.be.oneOf(
          as === 'Ada' ? ['Not Found', 'Delivery not found'] : ['Not Found', 'Could not validate credentials'],
        )
  })

  test('days and hours that do not exist', async () => {
    for (const recorded_at of [
      '2026-02-30T00:00:00Z',
      '2025-02-29',
      '2026-01-01T24:00:00Z',
      '0000-01-01T00:00:00Z',
      '2026-01-01T10:61',
    ])
      expect((await report({ recorded_at })).body?.detail?.[0]?.loc, recorded_at).to.deep.equal(['body', 'recorded_at'])
    for (const recorded_at of ['2024-02-29T23:59:59.999+14:00', '2026-01-01T00:00:00-11:30'])
      expect((await report({ recorded_at })).status, recorded_at).to.equal(204)
  })

  test('numbers are distinguished from texts, also from texts that contain a number', async () => {
    const types = async (latitude: unknown) => (await report({ latitude })).body.detail[0].type
    expect([await types('eleven'), await types('1.5'), await types(' ')]).to.deep.equal([
      'float_parsing',
      'float_type',
      'float_parsing',
    ])
    const endless = await orbital.call('POST', '/courier/location', {
      as: 'Ada',
      raw: '{"latitude":1,"longitude":2,"accuracy":1e400}',
    })
    expect(endless.body.detail).to.deep.equal([
      { loc: ['body', 'accuracy'], msg: 'Input should be a finite number', type: 'finite_number' },
    ])
  })

  test('if a limit is repeated, the last value counts', async () => {
    await report({})
    await report({})
    const history = await orbital.call('GET', '/courier/location/history?limit=0&limit=1', { as: 'Ada' })
    expect(history.body.items).to.have.length(1)
  })

  test('an unreadable cached position is ignored', async (context) => {
    await report({ latitude: 7 })
    const { Redis } = await import('ioredis')
    const redis = new Redis(orbital.variables.ORBITAL_REDIS_URL ?? '')
    context.after(() => redis.disconnect())
    for (const text of ['', 'x', 'null', '[]', '{"latitude":"x"}']) {
      await redis.set(`courier:${orbital.people.Ada?.id}:location`, text)
      const answer = await orbital.call('GET', '/courier', { as: 'Ada' })
      expect([answer.status, answer.body.location?.latitude], text).to.deep.equal([200, 7])
    }
  })

  test('an account without a password, or deactivated in the meantime', async (context) => {
    const database = new Client({ connectionString: orbital.variables.ORBITAL_POSTGRES_URL })
    await database.connect()
    context.after(() => database.end())
    const { id, phone, password } = orbital.people.Ben ?? { id: 0, phone: '', password: '' }
    await database.query('update marten.users set is_active = false where id = $1', [id])
    expect((await logIn({ body: { phone, password: 'wrong' } })).body, 'a wrong password is reported first').to.deep.equal(
      UNKNOWN,
    )
    expect((await logIn({ body: { phone, password } })).body).to.deep.equal({ detail: 'User is inactive' })
    expect((await orbital.call('GET', '/users/me', { as: 'Ben' })).status, 'with a token of before').to.equal(401)
    await database.query('update marten.users set is_active = true, password_hash = null where id = $1', [id])
    expect((await logIn({ body: { phone, password } })).body).to.deep.equal(UNKNOWN)
  })

  test('reports beyond the number of database connections wait', { timeout: 30_000 }, async (context) => {
    const database = new Client({ connectionString: orbital.variables.ORBITAL_POSTGRES_URL })
    await database.connect()
    context.after(() => database.end())
    await database.query('begin')
    await database.query('select 1 from self_delivery.couriers where user_id = $1 for update', [orbital.people.Ada?.id])
    const answers = Promise.all(Array.from({ length: 40 }, () => report({})))
    await database.query('select pg_sleep(3.5)')
    await database.query('commit')
    expect(new Set((await answers).map(({ status }) => status))).to.deep.equal(new Set([204]))
  })
})
