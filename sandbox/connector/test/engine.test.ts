import { describe, test } from 'node:test'
import { expect } from 'chai'
import { entrypoint, shell } from './support/service'

describe('the workflow engine', () => {
  const waiting = entrypoint('run', {
    run: ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
  })

  // CON-361, CON-519, CON-555
  test('a stopped run is terminated, and cannot be stopped again', async () => {
    const app = await shell({ app: { entrypoints: [waiting] } })
    const { workflow_id: workflow, run_id: run } = (await app.post('/start', {})).body.data
    expect((await app.get(`/status/${workflow}/${run}`)).body.data.status).to.equal('RUNNING')
    const stopped = await app.post(`/stop/${workflow}/${run}`)
    expect([stopped.status, stopped.body]).to.deep.equal([200, { success: true, message: 'Workflow terminated successfully' }])
    expect((await app.get(`/status/${workflow}/${run}`)).body.data.status).to.equal('TERMINATED')
    for (const [query, error] of [
      ['', 'Workflow terminated'],
      ['?wait=true', 'Workflow execution failed.'],
    ]) {
      const result = await app.get(`/result/${workflow}${query}`)
      expect([result.status, result.body]).to.deep.equal([
        200,
        { success: false, data: { status: 'failed', workflow_id: workflow, error }, message: 'Workflow failed' },
      ])
    }
    expect((await app.post(`/stop/${workflow}/${run}`)).status).to.equal(404)
  })

  // CON-548
  test('a running id is not started again; a closed one is, and its latest run counts', async () => {
    const app = await shell({ app: { entrypoints: [waiting] } })
    const first = (await app.post('/start', { workflow_id: 'w' })).body.data
    const again = await app.post('/start', { workflow_id: 'w' })
    expect([again.status, again.body]).to.deep.equal([500, { detail: 'Failed to start workflow' }])
    await app.post(`/stop/w/${first.run_id}`)
    const second = (await app.post('/start', { workflow_id: 'w' })).body.data
    expect(second.run_id).to.not.equal(first.run_id)
    expect((await app.get('/result/w')).body.data.status).to.equal('running')
    expect((await app.get(`/status/w/${first.run_id}`)).body.data.status).to.equal('TERMINATED')
  })

  test('after a lost stop the run continues to its own end', async () => {
    let finish = (): void => undefined
    const app = await shell({
      app: {
        entrypoints: [
          entrypoint('run', {
            run: ({ signal }) =>
              new Promise((resolve, reject) => {
                finish = () => resolve({ done: true })
                signal.addEventListener('abort', reject)
              }),
          }),
        ],
      },
    })
    const { workflow_id: workflow, run_id: run } = (await app.post('/start', {})).body.data
    const statusNow = async () => (await app.get(`/status/${workflow}/${run}`)).body.data.status
    app.faults.inject({ kind: 'lost-write', on: 'POST stop/:workflowId/*' })
    expect((await app.post(`/stop/${workflow}/${run}`)).status).to.equal(200)
    app.faults.clear()
    expect(await statusNow()).to.equal('RUNNING')
    finish()
    expect((await app.get(`/result/${workflow}?wait=true`)).body.data.result).to.deep.equal({ done: true })
    expect(await statusNow()).to.equal('COMPLETED')
  })

  // CON-518, CON-527
  test('completed with the output; failed once, without a reason; both are closed', async () => {
    let calls = 0
    const failing = async () => {
      calls++
      throw new Error('secret')
    }
    const app = await shell({ app: { entrypoints: [entrypoint('good'), entrypoint('bad', { run: failing })] } })
    const good = (await app.post('/start?entrypoint=good', { a: 1 })).body.data
    expect((await app.get(`/result/${good.workflow_id}?wait=true`)).body.data.result).to.deep.equal({
      ranBy: 'good',
      input: { a: 1 },
    })
    const bad = (await app.post('/start?entrypoint=bad', {})).body.data
    const response = await app.get(`/result/${bad.workflow_id}?wait=true`)
    expect([response.status, response.body]).to.deep.equal([
      200,
      {
        success: false,
        data: { status: 'failed', workflow_id: bad.workflow_id, error: 'Workflow execution failed.' },
        message: 'Workflow failed',
      },
    ])
    for (const [{ workflow_id: workflow, run_id: run }, status] of [
      [good, 'COMPLETED'],
      [bad, 'FAILED'],
    ] as const) {
      expect((await app.get(`/status/${workflow}/${run}`)).body.data.status).to.equal(status)
      expect(app.state.now.runs.get(run)?.closedAt).to.be.closeTo(Date.now(), 5_000)
      expect((await app.post(`/stop/${workflow}/${run}`)).status, 'nothing is left to stop').to.equal(404)
    }
    expect(calls, 'runs of what failed').to.equal(1)
  })
})
