import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { SymphonyChat } from '../../../../support/services/symphony/adapter'
import { podAnswering } from '../../../support/symphony-stub'

const PLACE = { kind: 'channel', id: 'S1' } as const
const messageAt = (timestamp: number) => ({
  messageId: `M${timestamp}`,
  timestamp,
  message: `<div data-format="PresentationML" data-version="2.0">${timestamp}</div>`,
  user: { userId: 12 },
  stream: { streamId: 'S1', streamType: 'ROOM' },
})

/** A pod that returns its history in the given order. @param pages whether it applies since, until and limit */
const podWith = (times: readonly number[], seen: string[] = [], pages = false): Promise<SymphonyChat> =>
  podAnswering((_method, { searchParams }) => {
    if (times.length === 0) return undefined
    const [since = 0, until = 0, limit = 0] = ['since', 'until', 'limit'].map((name) =>
      Number(searchParams.get(name) ?? Number.MAX_SAFE_INTEGER),
    )
    const skip = Number(searchParams.get('skip') ?? 0)
    const shown = pages ? times.filter((time) => time >= since && time <= until).slice(skip, skip + limit) : times
    return shown.map(messageAt)
  }, seen)

describe('history', () => {
  // SYM-052
  test('is newest first, whatever the order of the response', async () => {
    for (const times of [
      [1, 2, 3],
      [3, 2, 1],
      [2, 3, 1],
    ]) {
      const found = await (await podWith(times)).history(PLACE, { limit: 10 })
      expect(
        found.map(({ sentAt }) => sentAt),
        times.join(),
      ).to.deep.equal([3, 2, 1])
    }
  })

  // SYM-050, SYM-052
  test('the newest are found where the wire begins with the oldest, however far back they are', async () => {
    const now = Date.now()
    const times = Array.from({ length: 30 }, (_, at) => now - (30 - at) * 3_600_000)
    const seen: string[] = []
    const chat = await podWith(times, seen, true)
    const found = await chat.history(PLACE, { limit: 10 })
    expect(found.map(({ sentAt }) => sentAt)).to.deep.equal(times.slice(-10).reverse())
    const [, , third] = found
    const before = await chat.history(PLACE, { limit: 2, ...(third ? { before: third } : {}) })
    expect(before.map(({ sentAt }) => sentAt)).to.deep.equal(times.slice(-5, -3).reverse())
  })

  test('after a message come those right after it', async () => {
    const chat = await podWith([5, 4, 3, 2])
    const [, after] = await chat.history(PLACE, { limit: 4 })
    const found = await chat.history(PLACE, { limit: 2, ...(after ? { after: { ...after, sentAt: 1 } } : {}) })
    expect(found.map(({ sentAt }) => sentAt)).to.deep.equal([3, 2])
  })

  test('those right after a message are found, however many came since', async () => {
    const start = Date.now() - 2_000
    const times = Array.from({ length: 1_200 }, (_, at) => start + at)
    for (const wire of [times, times.toReversed()]) {
      const chat = await podWith(wire, [], true)
      const [any] = await chat.history(PLACE, { limit: 1 })
      const found = await chat.history(PLACE, { limit: 2, ...(any ? { after: { ...any, sentAt: start } } : {}) })
      expect(found.map(({ sentAt }) => sentAt - start)).to.deep.equal([2, 1])
    }
  })

  // SYM-051
  test('of an empty room is empty', async () => {
    expect(await (await podWith([])).history(PLACE, { limit: 10 })).to.deep.equal([])
  })
})

describe('missing capabilities of a bot', () => {
  let chat: SymphonyChat
  before(async () => {
    chat = await podWith([])
  })

  // SYM-045
  test('is said plainly', async () => {
    for (const attempt of [() => chat.react(), () => chat.unreact(), () => chat.thread()]) {
      const outcome = await attempt().catch((error: Error) => error.message)
      expect(outcome).to.match(/^Symphony has no /)
    }
    expect(() => chat.render([{ kind: 'everyone', audience: 'everyone' }])).to.throw('everyone')
  })

  test('one session serves calls made at once', async () => {
    const seen: string[] = []
    const busy = await podWith([1], seen)
    await Promise.all([1, 2, 3].map(() => busy.history(PLACE, { limit: 1 })))
    expect(seen.filter((call) => call.includes('/authenticate'))).to.have.members([
      'POST /login/pubkey/authenticate',
      'POST /relay/pubkey/authenticate',
    ])
  })
})
