import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { AuthOutput, HandlerContext } from '../service/app'
import type { AuthInput } from '../service/contracts'
import { AppError, type Category, HandlerError } from '../service/errors'
import { shell } from './support/service'

const answering = (output: AuthOutput) => shell({ handler: { auth: async () => output }, dialect: '3.28.3' })
const raising = (error: unknown) =>
  shell({
    dialect: '3.28.3',
    handler: {
      auth: async () => {
        throw error
      },
    },
  })

describe('the outcome of a login', () => {
  // CON-201, CON-202, CON-507
  test('success, with the handler’s message', async () => {
    const app = await answering({
      status: 'success',
      message: 'Welcome',
      identities: ['pg'],
      scopes: ['read'],
      expiresAt: '2030-01-01',
    })
    const { status, text } = await app.post('/auth', {})
    expect(status).to.equal(200)
    expect(text).to.equal(
      '{"success":true,"data":{"status":"success","message":"Welcome","identities":["pg"],"scopes":["read"],"expires_at":"2030-01-01"},"message":"Welcome"}',
    )
    expect((await (await shell()).post('/auth', {})).body.data.status, 'without a handler').to.equal('success')
  })

  // CON-204, CON-205, CON-206, CON-207, CON-210, CON-211, CON-212, CON-490, CON-493
  for (const status of ['failed', 'expired', 'invalid_credentials'] as const) {
    test(`${status}: 401 with the same keys as success`, async () => {
      const response = await (await answering({ status, message: 'No.' })).post('/auth', {})
      expect(response.status).to.equal(401)
      expect(response.body).to.deep.equal({
        success: false,
        data: { status, message: 'No.', identities: [], scopes: [], expires_at: '' },
        message: 'No.',
      })
      expect((await (await answering({ status })).post('/auth', {})).body.message).to.equal(`Authentication ${status}`)
    })
  }

  test('an output without a valid status is an internal error', async () => {
    for (const output of [{ status: 'perhaps' as 'failed' }, { message: 'no status' } as AuthOutput]) {
      const { status, body } = await (await answering(output)).post('/auth', {})
      expect([status, body]).to.deep.equal([500, { detail: 'Internal server error' }])
    }
  })

  test('the older handler error keeps its cause, which is not shown', async () => {
    const cause = new Error('driver: secret')
    const error = new HandlerError('no', 403, { cause })
    expect(error.cause).to.equal(cause)
    expect((await (await raising(error)).post('/auth', {})).text).to.equal('{"detail":"[AAF-HDL-001] no"}')
  })

  const raised: [what: string, error: unknown, status: number, detail: string][] = [
    // CON-208, CON-505, CON-536
    ['the older handler error', new HandlerError('broken'), 500, '[AAF-HDL-001] broken'],
    // CON-513
    ['the older handler error with a status', new HandlerError('no', 403, { cause: new Error('x') }), 403, '[AAF-HDL-001] no'],
    // CON-209, CON-242
    ['anything else', new RangeError('secret'), 500, 'Internal server error'],
    // CON-534
    [
      'a typed authentication error',
      new AppError('AUTH', 'SQL client authentication failed'),
      401,
      'SQL client authentication failed',
    ],
    // CON-535
    ['an unavailable source', new AppError('SOURCE_UNAVAILABLE', 'gone'), 500, 'gone'],
  ]
  for (const [what, error, status, detail] of raised) {
    test(`raised: ${what}`, async () => {
      const answer = await (await raising(error)).post('/auth', {})
      expect([answer.status, answer.body]).to.deep.equal([status, { detail }])
    })
  }

  const statuses: [Category, number][] = [
    ['PERMISSION', 403],
    ['NOT_FOUND', 404],
    ['ALREADY_EXISTS', 409],
    ['INVALID_INPUT', 400],
    ['PRECONDITION', 412],
    ['CANCELLED', 499],
    ['RATE_LIMITED', 429],
    ['TIMEOUT', 504],
    ['DEPENDENCY_UNAVAILABLE', 503],
    ['RESOURCE_EXHAUSTED', 503],
    ['DATA_INTEGRITY', 500],
    ['INTERNAL', 500],
    ['UNIMPLEMENTED', 501],
  ]
  test('every category of error has its status', async () => {
    for (const [category, status] of statuses) {
      const answer = await (await raising(new AppError(category, 'so'))).post('/auth', {})
      expect([answer.status, answer.body], category).to.deep.equal([status, { detail: 'so' }])
    }
  })
})

describe('the context of a handler', () => {
  // CON-203, CON-310, CON-491, CON-510, CON-512, CON-525
  test('the app, an id of the request, the credentials, the defaults', async () => {
    const seen: [AuthInput, HandlerContext][] = []
    const app = await shell({
      handler: {
        auth: async (input, context) => {
          seen.push([input, context])
          return { status: 'success' }
        },
      },
    })
    const credentials = [{ key: 'host', value: 'h' }]
    await app.post('/auth', { credentials, unknown: 1 })
    await app.post('/auth', {})
    const [[input, first], [empty, second]] = seen as [[AuthInput, HandlerContext], [AuthInput, HandlerContext]]
    expect(first.appName).to.equal('test')
    expect(first.credentials).to.deep.equal(credentials)
    expect(second.credentials, 'none of the request before').to.deep.equal([])
    expect(first.infrastructure).to.equal(app.infrastructure)
    expect(first.requestId)
      .to.match(/^[0-9a-f-]{36}$/)
      .and.not.equal(second.requestId)
    expect(empty).to.deep.equal({
      credentials: [],
      connection_id: '',
      entrypoint: '',
      entrypoint_ref: '',
      timeout_seconds: 30,
    })
    // CON-502
    expect(input).to.deep.equal({ ...empty, credentials })
  })

  // CON-511
  test('the secret store', async () => {
    let seen: unknown
    const app = await shell({
      handler: {
        auth: async (_input, context) => {
          seen = context.secret('guid')
          return { status: 'success' }
        },
      },
    })
    app.infrastructure.secrets.put('guid', { password: 'p' })
    await app.post('/auth', {})
    expect(seen).to.deep.equal({ password: 'p' })
  })
})

describe('the handler of an entrypoint', () => {
  const own = (status: AuthOutput['status']) => async () => ({ status, message: 'own' })
  const parts = {
    handler: { auth: async () => ({ status: 'success' as const, message: 'app' }) },
    app: {
      modules: {
        mine_queries: { auth: own('success') },
        sync: { auth: () => ({ status: 'failed' }) },
        thing: { auth: 'no function' },
      },
    },
  }
  const routed: [what: string, fields: object, message: string][] = [
    // CON-434, CON-433
    ['its own function, by kebab-case name', { entrypoint: 'mine-queries' }, 'own'],
    // CON-435, CON-546
    ['a well-formed name without an entrypoint', { entrypoint: 'other' }, 'app'],
    // CON-436
    ['a function that is not asynchronous', { entrypoint: 'sync' }, 'app'],
    // CON-437
    ['what is no function', { entrypoint: 'thing' }, 'app'],
    // CON-438
    ['no entrypoint given', {}, 'app'],
    // CON-442
    ['the connector field never routes', { connector: 'mine-queries' }, 'app'],
  ]
  for (const [what, fields, message] of routed) {
    test(what, async () => {
      const { status, body } = await (await shell(parts)).post('/auth', fields)
      expect([status, body.success, body.data.status, body.message]).to.deep.equal([200, true, 'success', message])
    })
  }

  // CON-504
  test('the connector field is the reference of the entrypoint, which does not change the entrypoint', async () => {
    const seen: AuthInput[] = []
    const app = await shell({
      handler: {
        auth: async (input) => {
          seen.push(input)
          return { status: 'success' }
        },
      },
    })
    for (const field of ['connector', 'entrypoint_ref']) await app.post('/auth', { [field]: 'mine-queries', entrypoint: 'other' })
    await app.post('/auth', { connector: 'alone' })
    expect(seen.map(({ entrypoint, entrypoint_ref }) => [entrypoint, entrypoint_ref])).to.deep.equal([
      ['other', 'mine-queries'],
      ['other', 'mine-queries'],
      ['', 'alone'],
    ])
    const { body } = await app.post('/auth', { connector: 7 })
    expect(body.detail[0].field, 'the name on the wire').to.equal('connector')
  })

  // CON-439, CON-440, CON-441
  test('a name that no entrypoint can have: 400 on all three', async () => {
    const app = await shell(parts)
    for (const path of ['/auth', '/check', '/metadata']) {
      for (const name of ['1st', '../etc', 'a b', '-x']) {
        const { status, body } = await app.post(path, { entrypoint: name })
        expect([status, body], `${path} ${name}`).to.deep.equal([400, { detail: 'Invalid entrypoint name' }])
      }
    }
  })
})
