import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { SymphonyChat } from '../../../support/services/symphony/adapter'
import { accessTo } from '../../support/access'
import { serve } from '../../support/server'

const PLACE = { kind: 'channel', id: 'S1' } as const
const messageAt = (timestamp: number) => ({
  messageId: `M${timestamp}`,
  timestamp,
  message: `<div data-format="PresentationML" data-version="2.0">${timestamp}</div>`,
  user: { userId: 12 },
  stream: { streamId: 'S1', streamType: 'ROOM' },
})

/** A pod that takes any key and tells its history in the order given. @param pages whether it keeps to since, until and limit */
async function podWith(times: readonly number[], seen: string[] = [], pages = false): Promise<SymphonyChat> {
  const address = await serve((request, reply) => {
    seen.push(`${request.method} ${request.url}`)
    reply.setHeader('content-type', 'application/json')
    if (request.url?.includes('/authenticate')) return reply.end(JSON.stringify({ name: 'x', token: 'a-token-of-this-pod' }))
    if (times.length === 0) return reply.writeHead(204).end()
    const query = new URL(request.url ?? '', 'http://pod').searchParams
    const [since, until, limit] = ['since', 'until', 'limit'].map((name) => Number(query.get(name) ?? Number.MAX_SAFE_INTEGER))
    const shown = pages ? times.filter((time) => time >= (since ?? 0) && time <= (until ?? 0)).slice(0, limit) : times
    return reply.end(JSON.stringify(shown.map(messageAt)))
  })
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const keyContent = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
  return SymphonyChat.of(accessTo(address, { Ada: { username: 'bot', keyContent } }).access)
}

describe('history', () => {
  // SYM-052
  test('is newest first, whatever the order on the wire', async () => {
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

  // SYM-051
  test('of an empty room is empty', async () => {
    expect(await (await podWith([])).history(PLACE, { limit: 10 })).to.deep.equal([])
  })
})

describe('what a bot cannot', () => {
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
    expect(() => chat.render([{ kind: 'everybody' }])).to.throw('everybody')
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
