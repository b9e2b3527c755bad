import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { ApiError } from '../../../support/http/errors'
import { SharedClient, SharedServer } from '../../../support/run/shared'

describe('things a whole run shares', () => {
  test('are made once, however many ask at a time', async () => {
    let made = 0
    const server = new SharedServer(async (key, detail) => ({ key, detail, number: ++made }))
    server.listen()
    const clients = [new SharedClient(), new SharedClient()]
    const answers = await Promise.all([...clients, ...clients].map((client) => client.demand('board.project', 'x')))
    expect(answers).to.deep.equal(Array(4).fill({ key: 'board.project', detail: 'x', number: 1 }))
    server.close()
  })

  test('a failure is final for all users of a shared thing', async () => {
    let tries = 0
    const failure = { service: 'board', method: 'POST', path: '/', status: 403, body: '', curl: '' }
    const server = new SharedServer(async () => {
      tries++
      await pause(20)
      throw new ApiError(failure)
    })
    server.listen()
    const client = new SharedClient()
    const outcomes = await Promise.allSettled([client.demand('k', ''), client.demand('k', '')])
    for (const outcome of outcomes) expect(outcome.status === 'rejected' && outcome.reason).to.be.instanceOf(ApiError)
    const late = await client.demand('k', '').catch((error: unknown) => error)
    expect(late).to.be.instanceOf(ApiError)
    expect(tries).to.equal(1)
    server.close()
  })
})
