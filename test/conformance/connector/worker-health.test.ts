import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startWorkerHealth, type WorkerHealth } from '../../../sandbox/connector/worker-health'

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
  test('alive at once, ready once its client is there', async () => {
    for (const [path, status] of [
      ['/health', 200],
      ['/live', 200],
      ['/ready', 503],
    ] as const) {
      const { status: told, body } = await ask(path)
      expect([told, body.healthy], path).to.deep.equal([status, status === 200])
      expect(body).to.have.all.keys('healthy', 'message', 'details', 'checked_at')
    }
    worker.connect()
    expect((await ask('/ready')).status).to.equal(200)
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
