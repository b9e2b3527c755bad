import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { WarmupOutput } from '../service/app'
import { AppError, HandlerError } from '../service/errors'
import { entrypoint, shell } from './support/service'

const FORMS = ['/auth', '/check', '/metadata', '/warmup']
type Fault = { field: string; type: string }
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
    for (const [path, bodies] of [
      ['/start', ['', '{"a', '[1]', '"text"', '7', 'null']],
      ['/dev/local-vault', ['', '{"a', '[1]', '"text"', '7', 'null']],
      ['/config/a', ['', '{"a']],
    ] as const)
      for (const body of bodies) {
        const { status, headers, text } = await post(path, body)
        expect([status, text], `${path} ${body}`).to.deep.equal([500, 'Internal Server Error'])
        expect(headers.get('content-type')).to.match(/^text\/plain/)
      }
    expect((await get('/config/a')).status).to.equal(404)
    for (const data of [[1], null]) {
      const { status, body } = await post('/config/a', JSON.stringify(data))
      expect([status, body]).to.deep.equal([200, { success: true, data, message: 'Workflow configuration updated successfully' }])
      const read = await get('/config/a')
      expect(read.status === 404 ? null : read.body.data, 'what is stored').to.deep.equal(data)
    }
  })

  // CON-605
  test('numbers beyond the range of the store are not stored', async () => {
    const { post, get } = await shell({ dialect: '3.52.0' })
    for (const body of [
      '{"a": NaN}',
      '{"a": 1e400}',
      '{"a": "\\ud800"}',
      '{"a": 18446744073709551616}',
      '{"a": -9223372036854775809}',
    ]) {
      const { status, text } = await post('/config/a', body)
      expect([status, text], body).to.deep.equal([500, 'Internal Server Error'])
      expect((await get('/config/a')).status).to.equal(404)
    }
    expect(
      (await post('/config/a', '{"a": 18446744073709551615, "b": "NaN", "c": "\\\\ud800", "\\ud83d\\ude00": 1}')).status,
    ).to.equal(200)
    expect((await get('/config/a')).body.data.b).to.equal('NaN')
  })

  // CON-606
  test('a request for a manifest without JSON gets a 400 with a fixed message', async () => {
    const { ask } = await shell({ dialect: '3.52.0' })
    for (const path of ['/workflows/v1/manifest', '/manifest']) {
      const { status, body } = await ask('POST', path, '{"a')
      expect([status, body]).to.deep.equal([400, { detail: 'Request body is not valid JSON' }])
    }
  })

  // CON-607, CON-608
  test('NaN is not an integer; UTF-16 is accepted as JSON', async () => {
    const { ask, post } = await shell({ dialect: '3.52.0' })
    for (const path of FORMS) {
      const { status, body } = await post(path, '{"timeout_seconds": NaN}')
      const detail = [{ field: 'timeout_seconds', message: 'Input should be a finite number', type: 'finite_number' }]
      expect([status, body], path).to.deep.equal([422, { success: false, message: 'Invalid request: timeout_seconds', detail }])
      const valid = Buffer.from('{"credentials": []}', 'utf16le')
      const invalid = Buffer.from('{"timeout_seconds": "x"}', 'utf16le')
      for (const bytes of [valid, Buffer.from(valid).swap16()])
        expect((await ask('POST', `/workflows/v1${path}`, new Uint8Array(bytes))).status, path).to.equal(200)
      const refused = await ask('POST', `/workflows/v1${path}`, new Uint8Array(invalid))
      expect([refused.status, refused.body.message], 'its content counts').to.deep.equal([
        422,
        'Invalid request: timeout_seconds',
      ])
    }
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
    const refused = async (path: string, sent: object) => {
      const { status, body } = await post(path, sent)
      return [status, body.success, body.message, body.detail.map(({ field, type }: Fault) => [field, type])]
    }
    const invalid = (field: string, type: string) => [422, false, `Invalid request: ${field}`, [[field, type]]]
    for (const path of ['/check', '/warmup']) {
      expect(await refused(path, { tiers: ['hot'] })).to.deep.equal(invalid('tiers.0', 'enum'))
      expect(await refused(path, { tiers: [] })).to.deep.equal(invalid('tiers', 'value_error'))
      for (const tiers of [null, 'warmup'])
        expect(await refused(path, { tiers })).to.deep.equal(invalid('tiers', 'frozen_set_type'))
    }
    for (const path of ['/auth', '/metadata']) expect((await post(path, { tiers: 7 })).status).to.equal(200)
    for (const path of FORMS) {
      expect(await refused(path, { entrypoint: 7 })).to.deep.equal(invalid('entrypoint', 'string_type'))
      const { status, body } = await post(path, { entrypoint: '../x' })
      expect([status, body], path).to.deep.equal([400, { detail: 'Invalid entrypoint name' }])
    }
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
      const { status, text, body } = await post(path, {})
      expect([status, body.detail], path).to.deep.equal([503, 'no way to postgres://***@h/db'])
      expect(text, path).to.not.contain('secret')
    }
  })

  test('secrets are masked in all texts of a handler', async () => {
    const url = 'at postgres://u:secret@h/db'
    const hidden = 'at postgres://***@h/db'
    const error = new AppError('AUTH', url, { suggestedAction: url, evidence: { of: url, list: [url] } })
    const checks = [
      { name: 'a', passed: true, message: url },
      { name: 'b', passed: false, error },
    ]
    const { post } = await shell({
      dialect: '3.52.0',
      handler: {
        auth: async ({ connection_id }) => ({ status: 'failed', message: url, ...(connection_id === '' ? {} : { error }) }),
        check: async () => ({ status: 'ready', message: url, checks }),
        warmup: async () => ({ state: 'ready', sourceState: url }),
      },
    })
    const auth = [await post('/auth', {}), await post('/auth', { connection_id: 'typed' })]
    for (const { text, body } of auth) {
      expect([body.message, body.data.message]).to.deep.equal([hidden, hidden])
      expect(text).to.not.contain('secret')
    }
    const { text, body } = await post('/check', {})
    expect(text).to.not.contain('secret')
    const [passed, failed] = body.preflight.checks
    expect([body.message, body.preflight.message, passed.message, body.data.a.successMessage]).to.deep.equal(
      Array(4).fill(hidden),
    )
    expect([failed.message, failed.error.message, failed.suggested_action, failed.error.evidence]).to.deep.equal([
      hidden,
      hidden,
      hidden,
      { of: hidden, list: [hidden] },
    ])
    expect((await post('/warmup', {})).body.data.source_state).to.equal(hidden)
    const hook = async () => Promise.reject(new AppError('NOT_FOUND', url))
    const manifest = await (await shell({ dialect: '3.52.0', app: { modules: { '': { compute_manifest: hook } } } })).get(
      '/manifest',
    )
    expect([manifest.status, manifest.body]).to.deep.equal([404, { detail: hidden }])
  })

  // CON-616, CON-617, CON-618
  test('the older error keeps its status and its code, but not on check and warmup', async () => {
    const { post } = await raising(new HandlerError('Not today', 418))
    const said = async (path: string) => {
      const { status, body } = await post(path, {})
      return [status, body]
    }
    for (const path of ['/auth', '/metadata'])
      expect(await said(path)).to.deep.equal([418, { detail: '[AAF-HDL-001] Not today' }])
    const [status, body] = await said('/check')
    expect([status, body.detail, body.success, body.preflight.status]).to.deep.equal([418, 'Not today', false, 'not_ready'])
    expect(body.preflight.checks.map(({ name }: { name: string }) => name)).to.deep.equal(['preflightVerdict'])
    expect(await said('/warmup')).to.deep.equal([500, { detail: 'Not today' }])
  })

  // CON-619, CON-624
  test('any other error is a 500 without details; on check also with the verdict', async () => {
    const { post } = await raising(new Error('inside'))
    for (const path of ['/auth', '/metadata', '/warmup']) {
      const { status, body } = await post(path, {})
      expect([status, body], path).to.deep.equal([500, { detail: 'Internal server error' }])
    }
    const message = 'Preflight could not be verified due to an internal error.'
    const error = {
      category: 'INTERNAL',
      code: 'INTERNAL',
      retryable: false,
      audience: 'APP_OWNER',
      message,
      evidence: { classification_pending: true },
    }
    const { status, body } = await post('/check', {})
    expect([status, body]).to.deep.equal([
      500,
      {
        success: false,
        data: { preflightVerdict: { success: false, message, successMessage: '', failureMessage: message } },
        message,
        preflight: {
          status: 'not_ready',
          message,
          total_duration_ms: 0,
          checks: [{ name: 'preflightVerdict', passed: false, message, error }],
        },
        detail: 'Internal server error',
        error,
      },
    ])
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
    const error = new AppError('SOURCE_UNAVAILABLE', 'The source sleeps', { evidence: { host: 'h', port: null } })
    error.cause = new Error('words of the driver')
    const { post } = await shell({
      dialect: '3.52.0',
      handler: { auth: async () => ({ status: 'failed', message: 'No', error }) },
    })
    const { status, body, text } = await post('/auth', {})
    expect([status, body.message, body.data.message]).to.deep.equal([401, 'The source sleeps', 'The source sleeps'])
    expect(body.data.error).to.deep.equal({
      category: 'SOURCE_UNAVAILABLE',
      code: 'SOURCE_UNAVAILABLE',
      retryable: false,
      audience: 'USER',
      message: 'The source sleeps',
      suggested_action: null,
      evidence: { host: 'h', port: null },
      app_name: null,
      run_id: null,
    })
    expect(text).to.not.contain('words of the driver')
  })

  // CON-625, CON-626, CON-627, CON-629, CON-630, CON-633
  test('the verdict is the handler’s own; unmeasured durations and default tiers are left out', async () => {
    for (const status of ['ready', 'partial'] as const) {
      const checks = [
        { name: 'A', passed: false, message: 'm' },
        { name: 'B', passed: true, tier: 'warmup' as const, durationMs: 2 },
      ]
      const { post } = await shell({ dialect: '3.52.0', handler: { check: async () => ({ status, checks }) } })
      const { status: code, body } = await post('/check', {})
      expect([code, body.success, body.preflight.status]).to.deep.equal([200, true, status])
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

  // CON-632
  test('the handler receives the names of checks to run, and all checks that it returns are shown', async () => {
    const asked: string[][] = []
    const { post } = await shell({
      dialect: '3.52.0',
      handler: {
        check: async ({ checks_to_run }) => {
          asked.push(checks_to_run)
          return { status: 'ready', checks: ['a', 'b'].map((name) => ({ name, passed: true })) }
        },
      },
    })
    const { body } = await post('/check', { checks_to_run: ['a'] })
    expect(asked).to.deep.equal([['a']])
    expect(Object.keys(body.data)).to.deep.equal(['a', 'b'])
    expect(body.preflight.checks.map(({ name }: { name: string }) => name)).to.deep.equal(['a', 'b'])
  })

  // CON-631
  test('no checks succeed only where the verdict is pending', async () => {
    for (const [status, success] of [
      ['ready', false],
      ['pending', true],
    ] as const) {
      const { post } = await shell({ dialect: '3.52.0', handler: { check: async () => ({ status, checks: [] }) } })
      const { status: code, body } = await post('/check', {})
      expect([code, body.success, body.data, body.preflight.status]).to.deep.equal([200, success, {}, status])
    }
  })
})

describe('warmup on 3.52', () => {
  const rows = [{ name: 'shopExists', passed: true, message: 'M' }]
  let probes = 0
  const handler = (state: WarmupOutput['state'], status: 'ready' | 'not_ready' = 'ready') => ({
    check: async () => ({ status, checks: rows }),
    warmup: async () => {
      probes++
      return { state, sourceState: 'SUSPENDED', queuedQueries: 2, nextPollSeconds: 5 }
    },
  })
  const observed = (state: string) => ({
    state,
    source_state: 'SUSPENDED',
    queued_queries: 2,
    next_poll_seconds: 5,
    ceiling_seconds: 600,
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
    const { status, headers, body: refused } = await get('/warmup')
    expect([status, headers.get('allow'), refused]).to.deep.equal([405, 'POST', { detail: 'Method Not Allowed' }])
    expect((await (await shell({ dialect: '3.28.3' })).post('/warmup', {})).status).to.equal(404)
  })

  // CON-635, CON-636, CON-637, CON-638
  test('states, a slow probe, and a probe that fails', async () => {
    const warm = async (warmup: () => Promise<WarmupOutput>) => {
      const { post } = await shell({ dialect: '3.52.0', handler: { warmup }, app: { warmupTimeout: 50 } })
      const { status, body } = await post('/warmup', {})
      return [status, body]
    }
    for (const state of ['cold', 'warming', 'queued', 'ready', 'unavailable'] as const)
      expect(await warm(handler(state).warmup)).to.deep.equal([
        200,
        { success: state !== 'unavailable', data: observed(state), message: `Warmup ${state}` },
      ])
    const bare = (state: string) => [
      200,
      { success: true, data: { state, source_state: '', ceiling_seconds: 600 }, message: `Warmup ${state}` },
    ]
    expect(await warm(async () => ({ state: 'queued' }))).to.deep.equal(bare('queued'))
    expect(await warm(() => new Promise(() => undefined)), 'over its limit').to.deep.equal(bare('warming'))
    expect(await warm(() => Promise.reject(new AppError('AUTH', 'No')))).to.deep.equal([401, { detail: 'No' }])
    expect(await warm(() => Promise.reject(new Error('inside')))).to.deep.equal([500, { detail: 'Internal server error' }])
  })

  // CON-640, CON-641, CON-642, CON-643, CON-644, CON-646
  test('checks by tier', async () => {
    probes = 0
    const check = async (own: ReturnType<typeof handler>, tiers?: string[]) => {
      const { post } = await shell({ dialect: '3.52.0', handler: own })
      const { status, body } = await post('/check', tiers ? { tiers } : {})
      const { total_duration_ms: _duration, message: _message, ...verdict } = body.preflight
      return [status, body.success, verdict]
    }
    const both = ['preflight', 'warmup']
    const [none, shown]: object[][] = [[], rows]
    expect(await check(handler('cold')), 'without tiers').to.deep.equal([200, true, { status: 'ready', checks: shown }])
    for (const state of ['cold', 'ready', 'unavailable'] as const)
      expect(await check(handler(state), ['preflight'])).to.deep.equal([
        200,
        true,
        { status: 'pending', checks: shown, warmup: null },
      ])
    const refused = [200, true, { status: 'not_ready', checks: shown }]
    expect(await check(handler('cold', 'not_ready'), ['preflight'])).to.deep.equal(refused)
    expect(probes, 'probes where no tier needs one').to.equal(0)
    for (const state of ['cold', 'warming', 'queued'] as const) {
      const warmup = observed(state)
      expect(await check(handler(state), ['warmup'])).to.deep.equal([200, true, { status: 'pending', checks: none, warmup }])
      expect(await check(handler(state), both)).to.deep.equal([200, true, { status: 'pending', checks: shown, warmup }])
      expect(await check(handler(state, 'not_ready'), both)).to.deep.equal([
        200,
        true,
        { status: 'not_ready', checks: shown, warmup },
      ])
    }
    const warmup = observed('unavailable')
    expect(await check(handler('unavailable'), ['warmup'])).to.deep.equal([
      200,
      false,
      { status: 'not_ready', checks: none, warmup },
    ])
    expect(await check(handler('unavailable'), both)).to.deep.equal([200, true, { status: 'not_ready', checks: shown, warmup }])
    expect(await check(handler('ready'), both)).to.deep.equal([200, true, { status: 'ready', checks: shown }])
  })

  test('the message of an unavailable source names its compute', async () => {
    const { post } = await shell({ dialect: '3.52.0', handler: handler('unavailable') })
    const { body } = await post('/check', { tiers: ['warmup'] })
    const says = 'The compute of the source is unavailable'
    expect([body.message, body.preflight.message]).to.deep.equal([says, says])
  })

  // CON-645
  test('checks outside the requested tiers are an error with their names', async () => {
    const { post } = await shell({ dialect: '3.52.0', handler: handler('ready') })
    const { status, body } = await post('/check', { tiers: ['warmup'] })
    expect([status, body.success, body.preflight.status]).to.deep.equal([500, false, 'not_ready'])
    expect(body.preflight.checks.map(({ name }: { name: string }) => name)).to.deep.equal(['preflightVerdict'])
    for (const says of [body.message, body.preflight.message, body.preflight.checks[0].message])
      expect(says).to.match(/: shopExists$/)
  })
})

describe('entrypoints and descriptions on 3.52', () => {
  // CON-647, CON-649
  test('an app without its own run refuses that name; older types are accepted in the body', async () => {
    const { post, get } = await shell({
      dialect: '3.52.0',
      app: { entrypoints: [entrypoint('load')], legacyTypes: { OldLoad: 'load' } },
    })
    for (const query of ['run', 'test:load', 'OldLoad']) {
      const { status, body } = await post(`/start?entrypoint=${query}`, {})
      expect([status, body], query).to.deep.equal([400, { detail: 'Invalid entrypoint.' }])
    }
    for (const type of ['load', 'test:load', 'OldLoad']) {
      const { status, body } = await post('/start', { workflow_type: type })
      expect(status, type).to.equal(200)
      expect((await get(`/result/${body.data.workflow_id}?wait=true`)).body.data.result.ranBy, type).to.equal('load')
    }
    const unknown = await post('/start', { workflow_type: 'Other' })
    expect([unknown.status, unknown.body]).to.deep.equal([400, { detail: 'Invalid entrypoint.' }])
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
    const bare = await (await shell({ dialect: '3.52.0', app: { buildId: 'b-7' } })).get('/configmap/atlan-build-identity')
    expect([bare.status, bare.body.data.data], 'also without generated files').to.deep.equal([
      200,
      { config: '{"build_id":"b-7","app_name":"test"}', build_id: 'b-7', app_name: 'test' },
    ])
    expect((await ask('GET', '/own')).body).to.deep.equal({ b: 2 })
    expect((await ask('GET', '/server/health')).body).to.deep.equal({ status: 'healthy' })
  })
})
