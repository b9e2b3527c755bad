import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type Engine, NoSuchRun, RunFailed, type RunRow, UndecodableResult } from '../service/engine'
import { shell } from './support/service'

const row = (more: Partial<RunRow> = {}): RunRow => ({
  workflowId: 'wf',
  runId: 'r',
  type: 'test',
  status: 'RUNNING',
  input: {},
  memo: {},
  ...more,
})

/** An engine with the given responses. */
const engineOf = (more: Partial<Engine>): Engine => ({
  start: () => Promise.reject(new Error('not asked for')),
  describe: async () => row(),
  result: async () => ({}),
  terminate: async () => undefined,
  ...more,
})

const behind = (more: Partial<Engine>) => shell({ infrastructure: (made) => ({ ...made, engine: engineOf(more) }) })
const without = () => shell({ infrastructure: ({ engine: _none, ...made }) => made })
const noRun = () => Promise.reject(new NoSuchRun('wf'))
const broken = () => Promise.reject(new Error('grpc: secret'))

describe('the status of a run', () => {
  const cases: [what: string, run: () => Partial<RunRow>, status: string, seconds: number][] = [
    // CON-364
    ['running: seconds since its start', () => ({ startedAt: Date.now() - 5_050 }), 'RUNNING', 5],
    // CON-365
    ['completed: seconds to its end', () => ({ status: 'COMPLETED', startedAt: 1_000, closedAt: 8_900 }), 'COMPLETED', 7],
    // CON-366
    ['none given: unknown, no time', () => ({ status: '' as 'UNKNOWN' }), 'UNKNOWN', 0],
    ['continued', () => ({ status: 'CONTINUED_AS_NEW' }), 'CONTINUED_AS_NEW', 0],
  ]
  for (const [what, run, status, seconds] of cases) {
    test(what, async () => {
      const answer = await (await behind({ describe: async () => row(run()) })).get('/status/wf/r')
      expect([answer.status, answer.body]).to.deep.equal([
        200,
        {
          success: true,
          data: { workflow_id: 'wf', run_id: 'r', status, execution_duration_seconds: seconds },
          message: `Workflow status: ${status}`,
        },
      ])
    })
  }

  // CON-266, CON-267
  test('a run id may contain slashes, in status and stop', async () => {
    const asked: (string | undefined)[] = []
    const app = await behind({
      describe: async (_workflow, run) => {
        asked.push(run)
        return row()
      },
      terminate: async (_workflow, run) => void asked.push(run),
    })
    expect((await app.get('/status/wf/a/b%2Fc')).body.data.run_id).to.equal('a/b/c')
    expect((await app.post('/stop/wf/a/b')).status).to.equal(200)
    expect(asked).to.deep.equal(['a/b/c', 'a/b'])
  })

  // CON-367, CON-552, CON-553
  test('unknown: 404 with the workflow; no run id: 307, then the latest run', async () => {
    const app = await shell()
    const { data } = (await app.post('/start', { workflow_id: 'known' })).body
    for (const path of ['/status/wf/r', `/status/wf/${data.run_id}`]) {
      const { status, body } = await app.get(path)
      expect([status, body]).to.deep.equal([404, { detail: 'Workflow not found: wf' }])
    }
    const other = await app.get('/status/known/another-run')
    expect([other.status, other.body]).to.deep.equal([404, { detail: 'Workflow not found: known' }])
    const bare = await app.get('/status/known')
    expect([bare.status, bare.headers.get('location')]).to.deep.equal([307, `${app.address}/workflows/v1/status/known/`])
    const latest = await app.get('/status/known/')
    expect([latest.status, latest.body.data.workflow_id, latest.body.data.run_id]).to.deep.equal([200, 'known', ''])
    expect((await app.get('/status/unknown/')).status).to.equal(404)
  })
})

describe('the result of a run', () => {
  const data = { workflow_id: 'wf' }
  const cases: [what: string, engine: Partial<Engine>, query: string, body: object][] = [
    // CON-369
    ['running', {}, '', { success: true, data: { status: 'running', ...data, message: 'Workflow is still running' } }],
    // CON-370
    [
      'completed',
      { describe: async () => row({ status: 'COMPLETED' }), result: async () => ({ n: 1 }) },
      '',
      { success: true, data: { status: 'completed', ...data, result: { n: 1 } }, message: 'Workflow completed' },
    ],
    // CON-371, CON-555, CON-264
    ...(['FAILED', 'TERMINATED', 'CANCELED', 'TIMED_OUT'] as const).map((status): [string, Partial<Engine>, string, object] => [
      status,
      { describe: async () => row({ status }) },
      '',
      {
        success: false,
        data: { status: 'failed', ...data, error: `Workflow ${status.toLowerCase().replace('_', ' ')}` },
        message: 'Workflow failed',
      },
    ]),
    // CON-372
    [
      'any other state',
      { describe: async () => row({ status: 'CONTINUED_AS_NEW' }) },
      '',
      { success: true, data: { status: 'continued_as_new', ...data, message: 'Workflow status: CONTINUED_AS_NEW' } },
    ],
    // CON-373
    [
      'waited for',
      { result: async () => ({ n: 2 }) },
      '?wait=true',
      { success: true, data: { status: 'completed', ...data, result: { n: 2 } }, message: 'Workflow completed' },
    ],
    [
      'waited for, and failed',
      { result: () => Promise.reject(new RunFailed('x')) },
      '?wait=1',
      { success: false, data: { status: 'failed', ...data, error: 'Workflow execution failed.' }, message: 'Workflow failed' },
    ],
    // CON-374
    [
      'not to be decoded',
      { describe: async () => row({ status: 'COMPLETED' }), result: () => Promise.reject(new UndecodableResult('secret')) },
      '',
      {
        success: false,
        data: { status: 'result_decode_failed', ...data, error_type: 'UndecodableResult' },
        message: 'Workflow result could not be decoded',
      },
    ],
  ]
  for (const [what, engine, query, body] of cases) {
    test(what, async () => {
      const answer = await (await behind(engine)).get(`/result/wf${query}`)
      expect([answer.status, answer.body]).to.deep.equal([200, body])
      expect(answer.text).to.not.contain('secret')
    })
  }

  // CON-554
  test('`wait` that is not a boolean: 422 with the input', async () => {
    const { status, body } = await (await shell()).get('/result/wf?wait=maybe')
    expect([status, body]).to.deep.equal([
      422,
      {
        detail: [
          {
            type: 'bool_parsing',
            loc: ['query', 'wait'],
            msg: 'Input should be a valid boolean, unable to interpret input',
            input: 'maybe',
          },
        ],
      },
    ])
  })
})

describe('unknown runs, failures, and missing configuration', () => {
  const routes: [method: string, path: string, failure: string][] = [
    ['GET', '/status/wf/r', 'Failed to get workflow status'],
    ['GET', '/result/wf', 'Failed to get workflow result'],
    ['POST', '/stop/wf/r', 'Failed to stop workflow'],
  ]
  for (const [method, path, failure] of routes) {
    test(`${method} ${path}`, async () => {
      const ask = async (app: Awaited<ReturnType<typeof shell>>) => {
        const { status, body } = await app.ask(method, `/workflows/v1${path}`)
        return [status, body]
      }
      // CON-362, CON-367, CON-375
      expect(await ask(await behind({ describe: noRun, terminate: noRun }))).to.deep.equal([
        404,
        { detail: 'Workflow not found: wf' },
      ])
      // CON-363, CON-368
      expect(await ask(await behind({ describe: broken, terminate: broken }))).to.deep.equal([500, { detail: failure }])
      // CON-376, CON-377
      expect(await ask(await without())).to.deep.equal([503, { detail: 'Workflow execution not configured.' }])
    })
  }
})
