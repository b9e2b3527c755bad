import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startWorkerHealth, type WorkerHealth } from '../worker-health'

let worker: WorkerHealth
before(async () => {
  worker = await startWorkerHealth()
})
after(() => worker.stop())

const ask = async (path: string, method = 'GET') => {
  const answer = await fetch(worker.address + path, { method })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('the health of a worker', () => {
  // CON-528
  test('alive at once, ready once its client is connected', async () => {
    for (const [path, status] of [
      ['/health', 200],
      ['/live', 200],
      ['/ready', 503],
    ] as const) {
      const { status: actual, body } = await ask(path)
      expect([actual, body.healthy], path).to.deep.equal([status, status === 200])
      expect(body).to.have.all.keys('healthy', 'message', 'details', 'checked_at')
    }
    worker.connect()
    expect((await ask('/ready')).status).to.equal(200)
  })

  test('each probe responds with the texts and time format of a Python worker', async () => {
    const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/
    const pollers = {
      poller_counts: null,
      poller_counts_read_at: null,
      last_fatal_at: null,
      last_fatal_type: null,
      fatal_count: 0,
    }
    const other = await startWorkerHealth()
    after(() => other.stop())
    const tell = async (path: string) => {
      const report = (await (await fetch(other.address + path)).json()) as Record<string, Record<string, unknown>>
      expect(report.checked_at).to.match(moment)
      return [report.message, report.details] as const
    }
    const [running, facts] = await tell('/health')
    expect([running, facts?.request_count]).to.deep.equal(['Worker process is running', 1])
    expect(facts?.started_at).to.match(moment)
    expect(await tell('/live')).to.deep.equal(['Worker is responsive', { last_activity: null, ...pollers }])
    expect(await tell('/ready')).to.deep.equal(['Temporal client not configured', {}])
    other.connect()
    const [ready, { identity, ...rest } = {}] = await tell('/ready')
    expect([ready, rest]).to.deep.equal(['Worker is ready', pollers])
    expect(identity).to.match(/^\d+@/)
    expect((await fetch(`${other.address}/health?x=1`)).status, 'a query is no part of a probe').to.equal(404)
  })

  // CON-529
  test('other paths, other methods, and a count of requests', async () => {
    const before = worker.requests()
    expect(await ask('/other')).to.deep.equal({ status: 404, body: { error: 'Not found' } })
    expect(await ask('/health', 'POST')).to.deep.equal({ status: 405, body: { error: 'Method not allowed' } })
    expect(worker.requests() - before).to.equal(2)
    const other = await startWorkerHealth()
    await other.stop()
    expect(await fetch(other.address).catch(() => 'gone')).to.equal('gone')
  })
})
