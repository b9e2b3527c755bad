import { describe, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../../../support/assertions/eventually'
import { ApiError, ConnectionError } from '../../../../support/http/errors'
import type { FeedsClient } from '../../../../support/services/symphony/client/feeds'
import type { Batch, Event } from '../../../../support/services/symphony/contract'
import { DatafeedLoop } from '../../../../support/services/symphony/datafeed'

const event = (id: string): Event => ({ id, timestamp: 1, type: 'MESSAGESENT' })
const failure = (status: number): ApiError =>
  new ApiError({ service: 'symphony', method: 'POST', path: '/read', status, body: '', curl: '' })
const broken = (): ConnectionError => new ConnectionError('symphony', 'POST', 'http://pod', 'ECONNRESET')

type Answer = Batch | Error

/**
 * Feeds with prepared responses, one after the other, and then none.
 * @param troubles errors of deleting a feed, and of creating the second and later ones
 */
async function reading(answers: Answer[], troubles: { deleting?: Error; making?: Error[] } = {}) {
  const reads: [feed: string, ackId: string][] = []
  const removed: string[] = []
  const received: string[] = []
  let made = 0
  const feeds = {
    read: (id: string, ackId: string) => {
      reads.push([id, ackId])
      const answer = answers.shift()
      if (answer === undefined) return new Promise<never>(() => undefined)
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
    remove: async (id: string) => {
      removed.push(id)
      if (troubles.deleting) throw troubles.deleting
    },
  } as Partial<FeedsClient> as FeedsClient
  const open = async () => {
    const trouble = made > 0 ? troubles.making?.shift() : undefined
    if (trouble) throw trouble
    return `feed-${++made}`
  }
  const loop = await DatafeedLoop.start({ feeds, open })
  loop.subscribe(({ id }) => received.push(id))
  return { loop, reads, removed, received }
}

describe('reading a datafeed', () => {
  test('each batch is acknowledged by the next read', async () => {
    const { received, reads } = await reading([
      { events: [event('a')], ackId: 'one' },
      { events: [event('b')], ackId: 'two' },
    ])
    await eventually(() => expect(received).to.deep.equal(['a', 'b']))
    expect(reads.map(([, ackId]) => ackId)).to.deep.equal(['', 'one', 'two'])
  })

  test('a response that is cut off is read again without acknowledging it, and its events are delivered once', async () => {
    const { received, reads } = await reading([
      { events: [event('a')], ackId: 'one' },
      broken(),
      { events: [event('a'), event('b')], ackId: 'two' },
    ])
    await eventually(() => expect(received).to.deep.equal(['a', 'b']))
    expect(reads[2]).to.deep.equal(['feed-1', 'one'])
  })

  // SYM-094
  test('a feed that is gone is deleted and replaced, and read from its beginning', async () => {
    const { received, reads, removed } = await reading([
      { events: [event('a')], ackId: 'one' },
      failure(400),
      { events: [event('b')], ackId: 'two' },
    ])
    await eventually(() => expect(received).to.deep.equal(['a', 'b']))
    expect(removed).to.deep.equal(['feed-1'])
    expect(reads[2]).to.deep.equal(['feed-2', ''])
  })

  test('one that cannot be deleted, being gone, is replaced all the same', async () => {
    const { received, reads } = await reading([failure(400), { events: [event('a')], ackId: 'one' }], { deleting: failure(400) })
    await eventually(() => expect(received).to.deep.equal(['a']))
    expect(reads[1]).to.deep.equal(['feed-2', ''])
  })

  test('a service that is busy while a feed is replaced is asked again', async () => {
    const { received, reads } = await reading([failure(400), { events: [event('a')], ackId: 'one' }], {
      making: [failure(503), broken()],
    })
    await eventually(() => expect(received).to.deep.equal(['a']))
    expect(reads[1]).to.deep.equal(['feed-2', ''])
  })

  test('busy and broken services are retried; a refusal ends the feed, and its listeners receive the error', async () => {
    const { received, loop } = await reading([failure(429), failure(503), { events: [event('a')], ackId: 'one' }, failure(403)])
    await eventually(() => expect(received).to.deep.equal(['a']))
    await eventually(() => expect(() => loop.assertAlive()).to.throw('403'))
  })

  test('a service that stays unreachable ends the feed', async () => {
    const { loop } = await reading(Array.from({ length: 6 }, () => failure(400)))
    await eventually(() => expect(() => loop.assertAlive()).to.throw('400'))
  })
})
