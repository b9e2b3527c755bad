import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { ConnectorApp } from '../../../sandbox/connector/service/app'
import { detail } from '../../../sandbox/connector/service/errors'
import { entrypoint, type Shell, shell } from '../../support/connector'

const NAMES = { app: '{app_name}', queue: 'atlan-{app_name}-{deployment_name}' }
const FILLED = { app: 'test', queue: 'atlan-test-local' }
const none = { detail: 'No manifest available' }
const noneFor = (name: string) => ({ detail: `No manifest found for entrypoint '${name}'` })

describe('which manifest is served, with its names filled in', () => {
  const served: [what: string, app: Partial<ConnectorApp>, query: string, status: number, body: object][] = [
    // CON-290, CON-296
    ['one made by code', { manifest: { by: 'code', ...NAMES } }, '', 200, { by: 'code', ...FILLED }],
    // CON-291, CON-292, CON-294, CON-308
    ['a file', { generated: { 'manifest.json': NAMES } }, '', 200, FILLED],
    // CON-293
    [
      'a baked name is kept',
      { generated: { 'manifest.json': { app: 'baked', queue: 'x-{deployment_name}' } } },
      '',
      200,
      { app: 'baked', queue: 'x-local' },
    ],
    // CON-295
    [
      'a name that cannot be resolved stays visible',
      { name: '', generated: { 'manifest.json': NAMES } },
      '',
      200,
      { app: '{app_name}', queue: 'atlan-{app_name}-local' },
    ],
    // CON-297
    [
      'so it does in one made by code',
      { name: '', manifest: NAMES },
      '',
      200,
      { app: '{app_name}', queue: 'atlan-{app_name}-local' },
    ],
    // CON-298
    [
      'code wins over the file',
      { manifest: { by: 'code' }, generated: { 'manifest.json': { by: 'file' } } },
      '',
      200,
      { by: 'code' },
    ],
    // CON-299
    ['none at all', {}, '', 404, none],
    // CON-300, CON-309
    [
      'the default entrypoint’s, without one at the root',
      { entrypoints: [entrypoint('a')], generated: { 'a/manifest.json': { of: 'a' } } },
      '',
      200,
      { of: 'a' },
    ],
    // CON-302, CON-343
    [
      'the root wins over it',
      { entrypoints: [entrypoint('a')], generated: { 'manifest.json': { of: 'root' }, 'a/manifest.json': { of: 'a' } } },
      '',
      200,
      { of: 'root' },
    ],
    // CON-303
    ['its folder holds none', { entrypoints: [entrypoint('a')], generated: { 'a/form.json': {} } }, '', 404, none],
    // CON-304
    ['there is no folder', { entrypoints: [entrypoint('a')] }, '', 404, none],
    // CON-305
    [
      'run() and others: one that is named',
      { entrypoints: [entrypoint('run'), entrypoint('b')], generated: { 'b/manifest.json': { of: 'b' } } },
      '',
      200,
      { of: 'b' },
    ],
    // CON-306
    ['run() and others, without files', { entrypoints: [entrypoint('run'), entrypoint('b')], generated: {} }, '', 404, none],
    // CON-307
    [
      'several, none marked',
      { entrypoints: [entrypoint('b'), entrypoint('c')], generated: { 'c/manifest.json': { of: 'c' } } },
      '',
      200,
      { of: 'c' },
    ],
    // CON-486
    [
      'a bundle without entrypoints of its own',
      { entrypoints: [], generated: { 'x/manifest.json': { of: 'x' } } },
      '',
      404,
      none,
    ],
    // CON-336, CON-337
    [
      'by name',
      { entrypoints: [entrypoint('a'), entrypoint('b')], generated: { 'b/manifest.json': NAMES } },
      '?entrypoint=b',
      200,
      FILLED,
    ],
    // CON-301
    [
      'by name, from the flat file',
      { entrypoints: [entrypoint('a')], generated: { 'manifest.json': { of: 'root' } } },
      '?entrypoint=a',
      200,
      { of: 'root' },
    ],
    // CON-338, CON-341
    ['a name that is not there', { generated: { 'manifest.json': {} } }, '?entrypoint=z', 404, noneFor('z')],
    // CON-339
    [
      'a folder without a file',
      { entrypoints: [entrypoint('a')], generated: { 'manifest.json': {}, 'a/form.json': {} } },
      '?entrypoint=a',
      404,
      noneFor('a'),
    ],
    // CON-340
    [
      'no name at all',
      { generated: { 'manifest.json': {} } },
      '?entrypoint=..%2Fetc',
      400,
      { detail: 'Invalid entrypoint name' },
    ],
  ]
  for (const [what, app, query, status, body] of served) {
    test(what, async () => {
      const made = await shell({ app })
      // CON-342, CON-469, CON-473
      for (const path of ['/workflows/v1/manifest', '/manifest']) {
        const got = await made.ask('GET', path + query)
        expect([got.status, got.body], path).to.deep.equal([status, body])
        const name = new URLSearchParams(query).get('entrypoint')
        const posted = await made.ask('POST', path, name === null ? {} : { entrypoint: name })
        expect([posted.status, posted.body], `POST ${path}`).to.deep.equal([status, body])
      }
    })
  }
})

describe('a manifest that is computed', () => {
  const hooked = (hook: unknown, module = '') =>
    shell({ app: { modules: { [module]: { compute_manifest: hook } }, generated: { 'manifest.json': { by: 'file' } } } })
  const echo = async (inputs: unknown) => ({ inputs, ...NAMES })
  const asked = (app: Shell, inputs: string, path = '/workflows/v1/manifest') =>
    app.ask('GET', `${path}?fe_inputs=${encodeURIComponent(inputs)}`)
  const padded = (length: number) => JSON.stringify({ a: 'x'.repeat(length - '{"a":""}'.length) })

  // CON-417, CON-418, CON-420, CON-424
  test('by an asynchronous hook; its names are filled in, and the form is empty at first', async () => {
    const app = await hooked(echo)
    expect((await app.get('/manifest')).body).to.deep.equal({ inputs: {}, ...FILLED })
    expect((await asked(app, '{"a":1}')).body.inputs).to.deep.equal({ a: 1 })
    // CON-432
    expect((await asked(app, '{"a":1}', '/manifest')).body.inputs).to.deep.equal({ a: 1 })
    // CON-467
    expect((await app.post('/manifest', { fe_inputs: { b: 2 } })).body.inputs).to.deep.equal({ b: 2 })
  })

  // CON-419
  test('a name that cannot be resolved stays visible', async () => {
    const app = await shell({ app: { name: '', modules: { '': { compute_manifest: echo } } } })
    expect((await app.get('/manifest')).body.app).to.equal('{app_name}')
  })

  // CON-415, CON-421, CON-422, CON-423
  test('no hook, none that can be called, none that is asynchronous: the file', async () => {
    for (const hook of [undefined, 'text', () => ({ by: 'sync' })]) {
      expect((await (await hooked(hook)).get('/manifest')).body).to.deep.equal({ by: 'file' })
    }
  })

  // CON-433
  test('a name with hyphens finds its module with underscores', async () => {
    const app = await hooked(async () => ({ by: 'own' }), 'mine_queries')
    expect((await app.get('/manifest?entrypoint=mine-queries')).body).to.deep.equal({ by: 'own' })
  })

  // CON-425
  test('what the form holds must be a JSON object: 400', async () => {
    for (const inputs of ['{', '[1]', '"text"', '7'])
      expect((await asked(await hooked(echo), inputs)).status, inputs).to.equal(400)
  })

  // CON-426, CON-430, CON-431, CON-481
  test('8192 bytes of it and no more, for a GET', async () => {
    let calls = 0
    const app = await hooked(async () => {
      calls++
      return {}
    })
    expect((await asked(app, padded(8192))).status).to.equal(200)
    expect((await asked(app, padded(8193))).status).to.equal(413)
    expect(calls, 'calls of the hook').to.equal(1)
    // CON-468
    expect((await app.post('/manifest', { fe_inputs: JSON.parse(padded(20_000)) })).status).to.equal(200)
  })

  // CON-482
  test('without a hook nobody looks at it', async () => {
    expect((await asked(await hooked(undefined), padded(10_000))).body).to.deep.equal({ by: 'file' })
  })

  // CON-427, CON-428, CON-429
  test('what a hook throws stays inside, unless it is an answer; no object is none', async () => {
    const throwing = (error: Error) => async () => {
      throw error
    }
    const told = async (hook: unknown) => {
      const { status, body } = await (await hooked(hook)).get('/manifest')
      return [status, body]
    }
    expect(await told(throwing(new Error('secret')))).to.deep.equal([500, { detail: 'Internal server error' }])
    expect(await told(throwing(detail(409, 'busy')))).to.deep.equal([409, { detail: 'busy' }])
    expect((await told(async () => [1]))[0]).to.equal(500)
  })
})

describe('asking by POST', () => {
  const parts = { app: { entrypoints: [entrypoint('a')], generated: { 'manifest.json': NAMES, 'a/manifest.json': { of: 'a' } } } }

  // CON-470, CON-471, CON-472, CON-474, CON-475
  test('nothing, null and {} ask what a bare GET asks; a name asks for that one', async () => {
    const app = await shell(parts)
    for (const body of [undefined, 'null', '{}', { user_id: 'u', entrypoint: null }]) {
      expect((await app.post('/manifest', body)).body).to.deep.equal(FILLED)
    }
    expect((await app.post('/manifest', { entrypoint: 'a' })).body).to.deep.equal({ of: 'a' })
  })

  // CON-476, CON-477, CON-478, CON-479, CON-480
  for (const body of ['{', '[1]', '"text"', { fe_inputs: '{"a":1}' }, { fe_inputs: [1] }, { entrypoint: 7 }]) {
    test(`400 for ${typeof body === 'string' ? body : JSON.stringify(body)}`, async () => {
      expect((await (await shell(parts)).post('/manifest', body)).status).to.equal(400)
    })
  }
})
