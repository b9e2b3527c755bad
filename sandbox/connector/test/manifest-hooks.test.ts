import { describe, test } from 'node:test'
import { expect } from 'chai'
import { detail } from '../service/errors'
import { entrypoint, type Shell, shell } from './support/service'

const NAMES = { app: '{app_name}', queue: 'atlan-{app_name}-{deployment_name}' }
const FILLED = { app: 'test', queue: 'atlan-test-local' }

describe('a manifest that is computed', () => {
  const hooked = (hook: unknown, module = '') =>
    shell({ app: { modules: { [module]: { compute_manifest: hook } }, generated: { 'manifest.json': { by: 'file' } } } })
  const echo = async (inputs: unknown) => ({ inputs, ...NAMES })
  const asked = (app: Shell, inputs: string, path = '/workflows/v1/manifest') =>
    app.ask('GET', `${path}?fe_inputs=${encodeURIComponent(inputs)}`)
  const padded = (length: number) => JSON.stringify({ a: 'x'.repeat(length - '{"a":""}'.length) })

  // CON-417, CON-418, CON-420, CON-424
  test('by an asynchronous hook; its placeholders are replaced, and the form is empty at first', async () => {
    const app = await hooked(echo)
    expect((await app.get('/manifest')).body).to.deep.equal({ inputs: {}, ...FILLED })
    expect((await asked(app, '{"a":1}')).body.inputs).to.deep.equal({ a: 1 })
    // CON-432
    expect((await asked(app, '{"a":1}', '/manifest')).body.inputs).to.deep.equal({ a: 1 })
    // CON-467
    expect((await app.post('/manifest', { fe_inputs: { b: 2 } })).body.inputs).to.deep.equal({ b: 2 })
  })

  // CON-419
  test('a name that cannot be resolved stays in the text', async () => {
    const app = await shell({ app: { name: '', modules: { '': { compute_manifest: echo } } } })
    expect((await app.get('/manifest')).body.app).to.equal('{app_name}')
  })

  // CON-415, CON-421, CON-422, CON-423
  test('without a callable asynchronous hook: the file', async () => {
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
  test('the content of the form must be a JSON object: 400', async () => {
    for (const [inputs, says] of [
      ['{', 'fe_inputs is not valid JSON'],
      ['[1]', 'fe_inputs must be a JSON object'],
      ['"text"', 'fe_inputs must be a JSON object'],
      ['7', 'fe_inputs must be a JSON object'],
    ] as const) {
      const { status, body } = await asked(await hooked(echo), inputs)
      expect([status, body], inputs).to.deep.equal([400, { detail: says }])
    }
  })

  // CON-426, CON-430, CON-431, CON-481
  test('at most 8192 bytes of it in a GET', async () => {
    let calls = 0
    const app = await hooked(async (inputs: { a: string }) => {
      calls++
      return { length: JSON.stringify(inputs).length }
    })
    const within = await asked(app, padded(8192))
    expect([within.status, within.body]).to.deep.equal([200, { length: 8192 }])
    const beyond = await asked(app, padded(8193))
    expect([beyond.status, beyond.body]).to.deep.equal([413, { detail: 'fe_inputs exceeds the 8192-byte limit' }])
    expect(calls, 'calls of the hook').to.equal(1)
    // CON-468
    const posted = await app.post('/manifest', { fe_inputs: JSON.parse(padded(20_000)) })
    expect([posted.status, posted.body]).to.deep.equal([200, { length: 20_000 }])
  })

  // CON-482
  test('without a hook it is ignored', async () => {
    expect((await asked(await hooked(undefined), padded(10_000))).body).to.deep.equal({ by: 'file' })
  })

  // CON-427, CON-428, CON-429
  test('an error of a hook is not shown, unless it is a response; a result that is not an object is an error', async () => {
    const throwing = (error: Error) => async () => {
      throw error
    }
    const responseTo = async (hook: unknown) => {
      const { status, body } = await (await hooked(hook)).get('/manifest')
      return [status, body]
    }
    expect(await responseTo(throwing(new Error('secret')))).to.deep.equal([500, { detail: 'Internal server error' }])
    expect(await responseTo(throwing(detail(409, 'busy')))).to.deep.equal([409, { detail: 'busy' }])
    for (const odd of [[1], 'text', null, undefined])
      expect(await responseTo(async () => odd)).to.deep.equal([500, { detail: 'Internal server error' }])
  })
})

describe('requests by POST', () => {
  const parts = { app: { entrypoints: [entrypoint('a')], generated: { 'manifest.json': NAMES, 'a/manifest.json': { of: 'a' } } } }

  // CON-470, CON-471, CON-472, CON-474, CON-475
  test('no body, null and {} are the same as a GET without a query; a name selects an entrypoint', async () => {
    const app = await shell(parts)
    for (const body of [undefined, 'null', '{}', { user_id: 'u', entrypoint: null }]) {
      expect((await app.post('/manifest', body)).body).to.deep.equal(FILLED)
    }
    expect((await app.post('/manifest', { entrypoint: 'a' })).body).to.deep.equal({ of: 'a' })
    const folders = await shell({ app: { entrypoints: [entrypoint('a')], generated: { 'a/manifest.json': { of: 'a' } } } })
    for (const body of [undefined, 'null', '{}', { entrypoint: null }, { entrypoint: '' }])
      expect((await folders.post('/manifest', body)).body, 'of the default entrypoint').to.deep.equal({ of: 'a' })
  })

  // CON-476, CON-477, CON-478, CON-479, CON-480
  for (const [body, says] of [
    ['{', 'Request body is not valid JSON'],
    ['[1]', 'Request body must be a JSON object'],
    ['"text"', 'Request body must be a JSON object'],
    [{ fe_inputs: '{"a":1}' }, 'fe_inputs must be a JSON object'],
    [{ fe_inputs: [1] }, 'fe_inputs must be a JSON object'],
    [{ entrypoint: 7 }, 'entrypoint must be a string'],
  ] as const) {
    test(`400 for ${typeof body === 'string' ? body : JSON.stringify(body)}`, async () => {
      const { status, body: response } = await (await shell(parts)).post('/manifest', body)
      expect([status, response]).to.deep.equal([400, { detail: says }])
    })
  }
})
