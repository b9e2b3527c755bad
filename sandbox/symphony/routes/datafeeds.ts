import { agentRoutes, type Call, fieldsOf, whole } from '../context'
import { badRequest, forbidden, refuse } from '../errors'
import type { FeedRow, UserRow } from '../model'

const MOST_FEEDS = 20
const LONGEST_TAG = 100

/** Datafeeds 2: events count as delivered once the next read acknowledges them. */
export const datafeedRoutes = agentRoutes({
  'GET /v5/datafeeds': ({ feeds, user, query }) => {
    const tag = tagIn(query)
    return feeds
      .of(user, 2)
      .filter((feed) => !tag || feed.tag === tag)
      .map(feedShape)
  },
  'POST /v5/datafeeds': ({ feeds, user, body, reply }) => {
    const tag = tagIn(fieldsOf(body ?? {}))
    if (feeds.of(user, 2).length >= MOST_FEEDS) throw forbidden(`The account has ${MOST_FEEDS} datafeeds already`)
    reply.code(201)
    return feedShape(feeds.create(user, 2, tag ?? null))
  },
  // An expired feed is deleted without an error: clients do so before they create a new one.
  'DELETE /v5/datafeeds/:id': ({ feeds, user, params }) => feeds.remove(user, params.id),
  'POST /v5/datafeeds/:id/read': async (call) => {
    const { user, body } = call
    const feed = call.feeds.find(user, 2, call.params.id)
    const { ackId = '', updatePresence } = fieldsOf(body ?? {})
    if (typeof ackId !== 'string') throw badRequest('The "ackId" must be a text')
    if (updatePresence !== false) showUp(user)
    const batch = await listening(call, feed, { acknowledges: numberIn(ackId) })
    return orHalf(call, { events: batch.events, ackId: ackIdOf(batch.number) })
  },
})

/** Datafeed 1: a read acknowledges its events as soon as the response was sent completely. */
export const oldDatafeedRoutes = agentRoutes({
  'POST /v4/datafeed/create': ({ feeds, user }) => {
    if (feeds.of(user, 1).length >= MOST_FEEDS) throw refuse(503, `The account has ${MOST_FEEDS} datafeeds already`)
    return { id: feeds.create(user, 1, null).id }
  },
  'GET /v4/datafeed/:id/read': async (call) => {
    const { feeds, reply } = call
    const feed = feeds.find(call.user, 1, call.params.id)
    const limit = whole('limit', call.query.limit, 100, 500)
    const { events, number } = await listening(call, feed, { acknowledges: 0, limit })
    if (events.length === 0) return undefined
    reply.raw.once('finish', () => feeds.acknowledge(feed.id, number))
    reply.raw.once('close', () => feeds.takeBack(feed.id, number))
    return orHalf(call, events)
  },
})

/** @throws 400 for an invalid tag */
function tagIn({ tag }: { tag?: unknown }): string | undefined {
  if (tag === undefined) return undefined
  if (typeof tag !== 'string') throw badRequest('The "tag" must be a text')
  if (tag.length > LONGEST_TAG) throw badRequest(`The tag may have ${LONGEST_TAG} characters at most`)
  return tag
}

function feedShape({ id, createdAt, tag }: FeedRow) {
  return { id, createdAt, type: 'fanout', ...(tag === null ? {} : { tag }) }
}

/** Reads until there are events or the client closes the connection, which ends the wait at once. */
async function listening({ feeds, request }: Call, feed: FeedRow, what: { acknowledges: number; limit?: number }) {
  const { socket } = request.raw
  const hangUp = (): void => feeds.wake(feed.id)
  socket.once('close', hangUp)
  try {
    return await feeds.read(feed.id, { ...what, gone: () => socket.destroyed })
  } finally {
    socket.off('close', hangUp)
  }
}

/** The response; if a test requested that, half of it is sent and the connection closed. */
function orHalf({ feeds, user, reply }: Call, response: unknown): unknown {
  if (!feeds.cuts.delete(user.id)) return response
  const text = JSON.stringify(response)
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  reply.raw.write(text.slice(0, text.length / 2), () => reply.raw.destroy())
  return reply
}

/** Reading its feed marks an account as present. */
function showUp(owner: UserRow): void {
  if (['OFFLINE', 'AWAY', 'UNDEFINED'].includes(owner.presence.category))
    owner.presence = { category: 'AVAILABLE', timestamp: Date.now() }
}

function ackIdOf(batch: number): string {
  return Buffer.from(`batch:${batch}`).toString('base64url')
}

/** An ackId that was not issued here acknowledges nothing. */
function numberIn(ackId: string): number {
  return Number(/^batch:(\d+)$/.exec(Buffer.from(ackId, 'base64url').toString())?.[1] ?? 0)
}
