import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { Entrypoint } from '../service/app'
import { defaultEntrypoint } from '../service/dispatch'
import { entrypoint, type Shell, shell } from './support/service'

/** Which of an app's entrypoints a start reached. */
async function reached(app: Shell, query: string, body: object = {}): Promise<string> {
  const { body: started } = await app.post(`/start${query}`, body)
  return (await app.get(`/result/${started.data.workflow_id}?wait=true`)).body.data.result.ranBy
}

const marked = (name: string) => entrypoint(name, { isDefault: true })

describe('which entrypoint starts', () => {
  const starts: [what: string, entrypoints: Entrypoint[], query: string, body: object, name: string][] = [
    // CON-249, CON-250
    ['run() only: none named', [entrypoint('run')], '', {}, 'run'],
    ['run() only: by name', [entrypoint('run')], '?entrypoint=run', {}, 'run'],
    // CON-243, CON-251, CON-252
    ['one only: none named', [entrypoint('only-one')], '', {}, 'only-one'],
    ['one only: by name', [entrypoint('only-one')], '?entrypoint=only-one', {}, 'only-one'],
    // CON-248, CON-253, CON-523
    ['several, none marked: the first by name', [entrypoint('b'), entrypoint('a')], '', {}, 'a'],
    // CON-244, CON-254, CON-255
    ['several: the first by its name', [entrypoint('b'), entrypoint('a')], '?entrypoint=a', {}, 'a'],
    ['several: the second by its name', [entrypoint('b'), entrypoint('a')], '?entrypoint=b', {}, 'b'],
    // CON-256, CON-460
    ['several, one marked', [entrypoint('a'), marked('b')], '', {}, 'b'],
    // CON-257, CON-258, CON-259
    ['run() and one: run() by default', [entrypoint('run'), entrypoint('a')], '', {}, 'run'],
    ['run() and one: run by name', [entrypoint('run'), entrypoint('a')], '?entrypoint=run', {}, 'run'],
    ['run() and one: the other by name', [entrypoint('run'), entrypoint('a')], '?entrypoint=a', {}, 'a'],
    // CON-260, CON-261
    ['run() and several: run() by default', [entrypoint('a'), entrypoint('b'), entrypoint('run')], '', {}, 'run'],
    ['run() and several: each by name', [entrypoint('a'), entrypoint('b'), entrypoint('run')], '?entrypoint=b', {}, 'b'],
    // CON-245, CON-522
    ['the older field of the body', [entrypoint('a'), entrypoint('b')], '', { workflow_type: 'b' }, 'b'],
    // CON-246
    ['the query wins over it', [entrypoint('a'), entrypoint('b')], '?entrypoint=a', { workflow_type: 'b' }, 'a'],
  ]
  for (const [what, entrypoints, query, body, name] of starts) {
    test(what, async () => {
      const app = await shell({ app: { entrypoints } })
      expect(await reached(app, query, body)).to.equal(name)
      const [run] = app.state.now.runs.values()
      expect(run?.type, 'the type the engine knows').to.equal(name === 'run' ? 'test' : `test:${name}`)
    })
  }

  // CON-247, CON-524
  test('an unknown name: 400 without the names of others', async () => {
    const app = await shell({ app: { entrypoints: [entrypoint('a'), entrypoint('b')] } })
    for (const answer of [
      await app.post('/start?entrypoint=c', {}),
      await app.post('/start', { workflow_type: 'c' }),
      await app.post('/start', { workflow_type: 7 }),
    ]) {
      expect([answer.status, answer.body]).to.deep.equal([400, { detail: 'Invalid entrypoint.' }])
    }
  })

  test('nothing to choose from: 400', async () => {
    const { status, body } = await (await shell({ app: { entrypoints: [] } })).post('/start', {})
    expect([status, body]).to.deep.equal([400, { detail: 'entrypoint is required for this app.' }])
  })

  // CON-457, CON-458
  test('the resolver: single, one marked, none marked, two marked, empty', () => {
    const nameOf = (...entrypoints: Entrypoint[]) => defaultEntrypoint(entrypoints)?.name
    expect(nameOf(entrypoint('x'))).to.equal('x')
    expect(nameOf(entrypoint('a'), marked('z'))).to.equal('z')
    expect(nameOf(entrypoint('z'), entrypoint('a'))).to.equal('a')
    expect(nameOf()).to.equal(undefined)
    expect(() => nameOf(marked('a'), marked('b'))).to.throw('only one')
  })

  // CON-526
  test('each runs its own code', async () => {
    const app = await shell({ app: { entrypoints: [entrypoint('a'), entrypoint('b', { run: async () => ({ other: [1] }) })] } })
    expect(await reached(app, '?entrypoint=a')).to.equal('a')
    const { body } = await app.post('/start?entrypoint=b', {})
    const result = await app.get(`/result/${body.data.workflow_id}?wait=true`)
    // CON-378, CON-379
    expect(result.body.data.result).to.deep.equal({ other: [1] })
    expect((await app.get(`/result/${body.data.workflow_id}`)).body.data.result).to.deep.equal({ other: [1] })
  })
})

describe('what a start is answered with', () => {
  // CON-262, CON-263, CON-383, CON-517, CON-547
  test('ids, in an envelope of its own order; an id made from the input', async () => {
    const app = await shell()
    const { status, text, body } = await app.post('/start', {})
    expect(status).to.equal(200)
    expect(text).to.match(
      /^\{"success":true,"message":"Workflow started successfully","data":\{"workflow_id":"test-44136fa355b3678a-[0-9a-f]{8}","run_id":"[0-9a-f-]{36}"\},"correlation_id":"[0-9a-f-]{36}"\}$/,
    )
    const same = [
      await app.post('/start', { b: 1, a: { d: 'é', c: [] } }),
      await app.post('/start', { a: { c: [], d: 'é' }, b: 1 }),
    ]
    const [one, other] = same.map(({ body: response }) => response.data.workflow_id.split('-'))
    expect(one[1]).to.equal(other[1]).and.not.equal('44136fa355b3678a')
    expect(one[2]).to.not.equal(other[2])
    expect(body.data.run_id).to.not.equal('')
  })

  // CON-380, CON-381
  test('ids of the caller’s', async () => {
    const app = await shell()
    const { body } = await app.post('/start', { workflow_id: 'mine', correlation_id: 'c-1' })
    expect([body.data.workflow_id, body.correlation_id]).to.deep.equal(['mine', 'c-1'])
    expect([...app.state.now.runs.values()][0]?.memo).to.deep.equal({ correlation_id: 'c-1' })
  })

  // CON-333, CON-334, CON-335, CON-382, CON-520
  for (const body of [
    { credentials: { host: 'h', password: 'hunter2' }, kept: 1 },
    { credentials: [{ key: 'password', value: 'hunter2' }], kept: 1 },
    { host: 'h', password: 'hunter2', kept: 1 },
    { kept: 1 },
  ]) {
    test(`no credentials reach the history: ${Object.keys(body).join(', ')}`, async () => {
      const app = await shell()
      expect((await app.post('/start', body)).status).to.equal(200)
      const [run] = app.state.now.runs.values()
      expect(run?.input).to.deep.equal({ kept: 1 })
      expect(JSON.stringify(run)).to.not.contain('hunter2')
    })
  }

  // Python checks whether there is an id, not its type.
  for (const id of [null, '', 0, false, []]) {
    test(`an id of its own for ${JSON.stringify(id)}`, async () => {
      const { body } = await (await shell()).post('/start', { workflow_id: id })
      expect(body.data.workflow_id).to.match(/^test-44136fa355b3678a-/)
    })
  }

  // CON-384, CON-385
  test('a run has the configured timeout', async () => {
    const endless = entrypoint('run', {
      run: ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
    })
    const app = await shell({ app: { entrypoints: [endless] }, infrastructure: (made) => ({ ...made, executionTimeout: 20 }) })
    const { data } = (await app.post('/start', {})).body
    await app.get(`/result/${data.workflow_id}?wait=true`)
    expect((await app.get(`/status/${data.workflow_id}/${data.run_id}`)).body.data.status).to.equal('TIMED_OUT')
    const patient = await shell({ app: { entrypoints: [endless] } })
    const other = (await patient.post('/start', {})).body.data
    expect((await patient.get(`/status/${other.workflow_id}/${other.run_id}`)).body.data.status).to.equal('RUNNING')
  })
})

describe('what is not started', () => {
  const failing = (error: Error) =>
    shell({
      app: {
        entrypoints: [
          entrypoint('run', {
            contract: () => {
              throw error
            },
          }),
        ],
      },
    })
  // CON-241
  test('input that cannot be merged: 400, without types', async () => {
    const { status, body } = await (await failing(new TypeError("unexpected 'x'"))).post('/start', {})
    expect([status, body]).to.deep.equal([400, { detail: 'Invalid input' }])
    const numbered = await (await shell()).post('/start', { workflow_id: 7 })
    expect([numbered.status, numbered.body], 'an id that is no text').to.deep.equal([400, { detail: 'Invalid input' }])
  })

  // CON-466
  test('input that breaks its contract: 500, not 422', async () => {
    const { status, body } = await (await failing(new Error('validation'))).post('/start', {})
    expect([status, body]).to.deep.equal([500, { detail: 'Failed to start workflow' }])
  })

  // CON-239, CON-240, CON-551, CON-405, CON-407
  test('without an engine: 503, before the body is read', async () => {
    const app = await shell({ infrastructure: ({ engine: _none, ...made }) => made })
    for (const body of [{}, '{"a":']) {
      const { status, body: response } = await app.post('/start', body)
      expect([status, response]).to.deep.equal([503, { detail: 'Workflow execution not configured. Set ATLAN_TEMPORAL_HOST.' }])
    }
    expect((await (await shell()).post('/start', {})).status, 'with one').to.equal(200)
  })

  test('an app that the engine does not know: 404 for every request', async () => {
    const app = await shell({ app: { isRegistered: false } })
    for (const query of ['', '?entrypoint=nope']) {
      const { status, body } = await app.post(`/start${query}`, {})
      expect([status, body]).to.deep.equal([404, { detail: "App 'test' not registered" }])
    }
  })
})
