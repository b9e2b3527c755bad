import { describe, test } from 'node:test'
import { expect } from 'chai'
import { AppError, HandlerError } from '../service/errors'
import { entrypoint, shell } from './support/service'

const FORMS = ['/auth', '/check', '/metadata', '/warmup']
const INVALID = { success: false, message: 'Invalid request: body', detail: [] }

describe('bodies on 3.52', () => {
  // CON-600, CON-601, CON-602
  test('a body that is not a JSON object gets a 422 that does not repeat it', async () => {
    const { post } = await shell({ dialect: '3.52.0' })
    for (const path of FORMS)
      for (const body of ['', '{"secret', '[1]', '"text"', '7', 'null']) {
        const { status, body: said } = await post(path, body)
        expect([status, said], `${path} ${body}`).to.deep.equal([422, INVALID])
      }
  })

  // CON-603, CON-604
  test('start, vault and config keep their plain 500; a list and null are stored', async () => {
    const { post, get } = await shell({ dialect: '3.52.0' })
    for (const path of ['/start', '/dev/local-vault', '/config/a']) {
      const { status, text } = await post(path, '{"a')
      expect([status, text], path).to.deep.equal([500, 'Internal Server Error'])
    }
    expect((await post('/config/a', '[1]')).status).to.equal(200)
    expect((await get('/config/a')).body.data).to.deep.equal([1])
  })

  // CON-605
  test('numbers beyond the range of the store are not stored', async () => {
    const { post, get } = await shell({ dialect: '3.52.0' })
    for (const body of ['{"a": NaN}', '{"a": 9223372036854775808}']) {
      expect((await post('/config/a', body)).status).to.equal(500)
      expect((await get('/config/a')).status).to.equal(404)
    }
    expect((await post('/config/a', '{"a": 9223372036854775807, "b": "NaN"}')).status).to.equal(200)
  })

  // CON-606
  test('a request for a manifest without JSON gets a 400 with a fixed message', async () => {
    const { status, body } = await (await shell({ dialect: '3.52.0' })).post('/manifest', '{"a')
    expect([status, body.detail]).to.deep.equal([400, 'Request body is not valid JSON'])
  })

  // CON-607, CON-608
  test('NaN is not an integer; UTF-16 is accepted as JSON', async () => {
    const { ask, post } = await shell({ dialect: '3.52.0' })
    expect((await post('/auth', '{"timeout_seconds": NaN}')).body.detail[0].type).to.equal('finite_number')
    const { status } = await ask('POST', '/workflows/v1/auth', new Uint8Array(Buffer.from('{"credentials": []}', 'utf16le')))
    expect(status).to.equal(200)
  })

  // CON-612
  test('a pair that breaks the contract of a named credential is reported with its path', async () => {
    const { post } = await shell({ dialect: '3.52.0' })
    const { status, body } = await post('/check', { credentials_by_name: { a: [{ key: 'host', value: 7 }] } })
    expect([status, body.detail.map(({ field }: { field: string }) => field)]).to.deep.equal([
      422,
      ['credentials_by_name.a.0.value'],
    ])
  })

  // CON-611, CON-613
  test('tiers are checked on check and warmup, and ignored elsewhere', async () => {
    const { post } = await shell({ dialect: '3.52.0' })
    const fault = async (path: string, tiers: unknown) => (await post(path, { tiers })).body.detail?.[0]
    for (const path of ['/check', '/warmup']) {
      expect(await fault(path, ['hot'])).to.include({ field: 'tiers.0', type: 'enum' })
      expect(await fault(path, [])).to.include({ field: 'tiers', type: 'value_error' })
      for (const none of [null, 'warmup']) expect(await fault(path, none)).to.include({ field: 'tiers', type: 'frozen_set_type' })
    }
    expect((await post('/auth', { tiers: 7 })).status).to.equal(200)
    expect((await post('/auth', { entrypoint: 7 })).status).to.equal(422)
    expect((await post('/auth', { entrypoint: '../x' })).status).to.equal(400)
  })
})

describe('errors on 3.52', () => {
  const raising = (error: Error) => {
    const raise = async () => Promise.reject(error)
    return shell({ dialect: '3.52.0', handler: { auth: raise, check: raise, metadata: raise, warmup: raise } })
  }

  // CON-614, CON-615
  test('an unreachable source is a 503 everywhere, and secrets are masked', async () => {
    const { post } = await raising(new AppError('SOURCE_UNAVAILABLE', 'no way to postgres://u:secret@h/db'))
    for (const path of FORMS) {
      const { status, text } = await post(path, {})
      expect(status, path).to.equal(503)
      expect(text, path).to.contain('postgres://***@h/db').and.not.contain('secret')
    }
  })

  // CON-616, CON-617, CON-618
  test('the older error keeps its status and its code, but not on check and warmup', async () => {
    const { post } = await raising(new HandlerError('Not today', 418))
    const said = async (path: string) => {
      const { status, body } = await post(path, {})
      return [status, body.detail]
    }
    for (const path of ['/auth', '/metadata']) expect(await said(path)).to.deep.equal([418, '[AAF-HDL-001] Not today'])
    expect(await said('/check')).to.deep.equal([418, 'Not today'])
    expect(await said('/warmup')).to.deep.equal([500, 'Not today'])
  })

  // CON-619, CON-624
  test('any other error is a 500 without details; on check also with the verdict', async () => {
    const { post } = await raising(new Error('inside'))
    for (const path of FORMS) expect((await post(path, {})).body.detail).to.equal('Internal server error')
    const { status, body } = await post('/check', {})
    expect([status, body.success, body.preflight.status]).to.deep.equal([500, false, 'not_ready'])
    expect(Object.keys(body.data)).to.deep.equal(['preflightVerdict'])
    expect(body.error).to.deep.include({ code: 'INTERNAL', audience: 'APP_OWNER' })
  })
})

describe('auth and check on 3.52', () => {
  // CON-620, CON-621
  test('six fields, with defaults', async () => {
    const { body } = await (await shell({ dialect: '3.52.0', handler: { auth: async () => ({ status: 'success' }) } })).post(
      '/auth',
      {},
    )
    expect(body.data).to.deep.equal({ status: 'success', message: '', identities: [], scopes: [], expires_at: '', error: null })
  })

  // CON-622, CON-623
  test('a typed error replaces the message, and the status stays 401', async () => {
    const error = new AppError('SOURCE_UNAVAILABLE', 'The source sleeps')
    const { post } = await shell({
      dialect: '3.52.0',
      handler: { auth: async () => ({ status: 'failed', message: 'No', error }) },
    })
    const { status, body } = await post('/auth', {})
    expect([status, body.message, body.data.message]).to.deep.equal([401, 'The source sleeps', 'The source sleeps'])
    expect(body.data.error).to.include({ category: 'SOURCE_UNAVAILABLE' }).and.not.have.property('cause_repr')
  })

  // CON-625, CON-626, CON-627, CON-629, CON-630, CON-633
  test('the verdict is the handler’s own; unmeasured durations and default tiers are left out', async () => {
    for (const status of ['ready', 'partial'] as const) {
      const checks = [
        { name: 'A', passed: false, message: 'm' },
        { name: 'B', passed: true, tier: 'warmup' as const, durationMs: 2 },
      ]
      const { body } = await (await shell({ dialect: '3.52.0', handler: { check: async () => ({ status, checks }) } })).post(
        '/check',
        {},
      )
      expect([body.success, body.preflight.status]).to.deep.equal([true, status])
      expect(body.preflight.checks).to.deep.equal([
        { name: 'A', passed: false, message: 'm' },
        { name: 'B', passed: true, message: '', tier: 'warmup', duration_ms: 2 },
      ])
      expect(body.preflight).to.not.have.property('warmup')
    }
  })

  // CON-628
  test('the error of a check has neither a cause nor nulls of its own; its evidence keeps them', async () => {
    const error = new AppError('SOURCE_UNAVAILABLE', 'The source sleeps', { evidence: { host: 'h', port: null } })
    error.cause = new Error('inside')
    const checks = [{ name: 'A', passed: false, error }]
    const { post } = await shell({ dialect: '3.52.0', handler: { check: async () => ({ status: 'not_ready', checks }) } })
    const [row] = (await post('/check', {})).body.preflight.checks
    expect(row.error).to.deep.equal({
      category: 'SOURCE_UNAVAILABLE',
      code: 'SOURCE_UNAVAILABLE',
      retryable: false,
      audience: 'USER',
      message: 'The source sleeps',
      evidence: { host: 'h', port: null },
    })
  })

  // CON-631, CON-632
  test('no checks succeed only where the verdict is pending', async () => {
    for (const [status, success] of [
      ['ready', false],
      ['pending', true],
    ] as const) {
      const { post } = await shell({ dialect: '3.52.0', handler: { check: async () => ({ status, checks: [] }) } })
      expect((await post('/check', { checks_to_run: ['x'] })).body.success).to.equal(success)
    }
  })
})

describe('warmup on 3.52', () => {
  const rows = [{ name: 'names', passed: true }]
  const handler = (state: 'cold' | 'ready' | 'unavailable', status: 'ready' | 'not_ready' = 'ready') => ({
    check: async () => ({ status, checks: rows }),
    warmup: async () => ({ state, sourceState: 'SUSPENDED', queuedQueries: 2, nextPollSeconds: 5 }),
  })

  // CON-634, CON-639
  test('an app without a probe is ready at once; GET is not allowed', async () => {
    const { post, get } = await shell({ dialect: '3.52.0' })
    const { body } = await post('/warmup', {})
    expect(body).to.deep.equal({
      success: true,
      data: { state: 'ready', source_state: '', ceiling_seconds: 600 },
      message: 'Warmup ready',
    })
    expect((await get('/warmup')).status).to.equal(405)
    expect((await (await shell({ dialect: '3.28.3' })).post('/warmup', {})).status).to.equal(404)
  })

  // CON-635, CON-636, CON-637, CON-638
  test('states, a slow probe, and a probe that fails', async () => {
    const cold = (await (await shell({ dialect: '3.52.0', handler: handler('cold') })).post('/warmup', {})).body
    expect(cold.data).to.include({ state: 'cold', source_state: 'SUSPENDED', queued_queries: 2, next_poll_seconds: 5 })
    const gone = await (await shell({ dialect: '3.52.0', handler: handler('unavailable') })).post('/warmup', {})
    expect([gone.status, gone.body.success]).to.deep.equal([200, false])
    const slow = await shell({
      dialect: '3.52.0',
      handler: { warmup: () => new Promise(() => undefined) },
      app: { warmupTimeout: 5 },
    })
    expect((await slow.post('/warmup', {})).body.data.state).to.equal('warming')
    const refused = await shell({ dialect: '3.52.0', handler: { warmup: () => Promise.reject(new AppError('AUTH', 'No')) } })
    expect((await refused.post('/warmup', {})).status).to.equal(401)
  })

  // CON-640, CON-641, CON-642, CON-643, CON-644, CON-646
  test('checks by tier', async () => {
    const check = async (own: ReturnType<typeof handler>, tiers?: string[]) =>
      (await (await shell({ dialect: '3.52.0', handler: own })).post('/check', tiers ? { tiers } : {})).body
    expect((await check(handler('cold'), ['preflight'])).preflight).to.include({ status: 'pending', warmup: null })
    const warm = await check(handler('cold'), ['warmup'])
    expect([warm.success, warm.preflight.status, warm.preflight.checks]).to.deep.equal([true, 'pending', []])
    expect(warm.preflight.warmup.state).to.equal('cold')
    expect((await check(handler('cold'), ['preflight', 'warmup'])).preflight.checks).to.have.length(1)
    const gone = await check(handler('unavailable'), ['warmup'])
    expect([gone.success, gone.preflight.status, gone.preflight.message]).to.deep.equal([
      false,
      'not_ready',
      'The compute of the source is unavailable',
    ])
    expect((await check(handler('cold', 'not_ready'), ['preflight', 'warmup'])).preflight.status).to.equal('not_ready')
    expect((await check(handler('cold'))).preflight.status).to.equal('ready')
  })

  // CON-645
  test('checks outside the requested tiers are an error with their names', async () => {
    const { status, body } = await (await shell({ dialect: '3.52.0', handler: handler('ready') })).post('/check', {
      tiers: ['warmup'],
    })
    expect([status, body.preflight.status]).to.deep.equal([500, 'not_ready'])
    expect(body.preflight.message).to.contain('names')
  })
})

describe('entrypoints and descriptions on 3.52', () => {
  // CON-647, CON-649
  test('an app without its own run refuses that name; older types are accepted in the body', async () => {
    const { post } = await shell({
      dialect: '3.52.0',
      app: { entrypoints: [entrypoint('load')], legacyTypes: { OldLoad: 'load' } },
    })
    expect((await post('/start?entrypoint=run', {})).status).to.equal(400)
    for (const type of ['load', 'test:load', 'OldLoad'])
      expect((await post('/start', { workflow_type: type })).status, type).to.equal(200)
    expect((await post('/start?entrypoint=test:load', {})).status).to.equal(400)
  })

  // CON-648
  test('an empty name means none on start and manifest, and is refused for the input contract', async () => {
    const generated = { 'manifest.json': { a: 1 } }
    const { post, get } = await shell({ dialect: '3.52.0', app: { generated } })
    expect((await post('/start?entrypoint=', {})).status).to.equal(200)
    expect((await get('/manifest?entrypoint=')).body).to.deep.equal({ a: 1 })
    expect((await get('/input-contract?entrypoint=')).status).to.equal(400)
  })

  // CON-658
  test('a configuration that the store cannot deliver, or that cannot be read, is a 503', async () => {
    const { post, get, state, infrastructure } = await shell({ dialect: '3.52.0' })
    await post('/config/a', {})
    const [key = ''] = state.now.objects.keys()
    state.now.objects.set(key, Buffer.from('{"a'))
    const unavailable = [503, { detail: 'Object store unavailable' }]
    const asked = async () => {
      const { status, body } = await get('/config/a')
      return [status, body]
    }
    expect(await asked()).to.deep.equal(unavailable)
    if (infrastructure.objects)
      infrastructure.objects.document = () => {
        throw new Error('no connection to the store')
      }
    expect(await asked()).to.deep.equal(unavailable)
  })

  // CON-660
  test('a typed error of the manifest’s hook has the status of its category', async () => {
    const hook = async () => Promise.reject(new AppError('RATE_LIMITED', 'Later'))
    const { get } = await shell({ dialect: '3.52.0', app: { modules: { '': { compute_manifest: hook } } } })
    const { status, body } = await get('/manifest')
    expect([status, body]).to.deep.equal([429, { detail: 'Later' }])
  })

  // CON-650, CON-659, CON-661
  test('a flat manifest answers any name; the build identity and the SDK’s routes cannot be replaced', async () => {
    const generated = { 'manifest.json': { a: 1 }, 'atlan-build-identity.json': { config: {} } }
    const { get, ask } = await shell({
      dialect: '3.52.0',
      app: { generated, routes: { '/own': { b: 2 }, '/server/health': { c: 3 } } },
    })
    expect((await get('/manifest?entrypoint=anything')).body).to.deep.equal({ a: 1 })
    expect((await get('/configmap/atlan-build-identity')).body).to.deep.equal({
      success: true,
      data: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { name: 'atlan-build-identity' },
        data: { config: '{"build_id":"","app_name":"test"}', build_id: '', app_name: 'test' },
      },
      message: 'Build identity fetched successfully',
    })
    expect((await ask('GET', '/own')).body).to.deep.equal({ b: 2 })
    expect((await ask('GET', '/server/health')).body).to.deep.equal({ status: 'healthy' })
  })
})
