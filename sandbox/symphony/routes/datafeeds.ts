import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { agentCaller, fieldsOf, page, type RouteOptions, type Symphony, whole } from '../context'
import { badRequest, forbidden, refuse } from '../errors'
import type { Batch } from '../feeds'
import type { FeedRow, UserRow } from '../model'

const MOST_FEEDS = 20
const LONGEST_TAG = 100

interface One {
  Params: { id: string }
}

/** Datafeeds 2 (`/v5/datafeeds`): created, listed and deleted. */
export const datafeedRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { feeds } = symphony
  app.get<{ Querystring: { tag?: string } }>('/v5/datafeeds', async (request) => {
    const owner = agentCaller(symphony, request)
    const tag = tagIn(request.query)
    return feeds
      .of(owner, 2)
      .filter((feed) => !tag || feed.tag === tag)
      .map(feedShape)
  })
  app.post('/v5/datafeeds', async (request, reply) => {
    const owner = agentCaller(symphony, request)
    const tag = tagIn(fieldsOf(request.body ?? {}))
    if (feeds.of(owner, 2).length >= MOST_FEEDS) throw forbidden(`The account has ${MOST_FEEDS} datafeeds already`)
    return reply.code(201).send(feedShape(feeds.create(owner, 2, tag ?? null)))
  })
  // An expired feed is deleted without an error: clients do so before they create a new one.
  app.delete<One>('/v5/datafeeds/:id', async (request, reply) => {
    feeds.remove(agentCaller(symphony, request), request.params.id)
    return reply.code(204).send()
  })
}

/** Reading a feed: events count as delivered once the next read acknowledges them. */
export const datafeedReadRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { feeds } = symphony
  app.post<One>('/v5/datafeeds/:id/read', async (request, reply) => {
    const owner = agentCaller(symphony, request)
    const feed = feeds.find(owner, 2, request.params.id)
    const { ackId = '', updatePresence } = fieldsOf(request.body ?? {})
    if (typeof ackId !== 'string') throw badRequest('The "ackId" must be a text')
    if (updatePresence !== false) showUp(owner)
    const batch = await listening(symphony, request, feed, { acknowledges: numberIn(ackId) })
    const answer = { events: batch.events, ackId: ackIdOf(batch.number) }
    return breaksOff(symphony, owner, reply, answer) ? reply : answer
  })
}

/** Datafeed 1 (`/v4/datafeed`): a read acknowledges its events as soon as the response was sent completely. */
export const oldDatafeedRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { feeds } = symphony
  app.post('/v4/datafeed/create', async (request) => {
    const owner = agentCaller(symphony, request)
    if (feeds.of(owner, 1).length >= MOST_FEEDS) throw refuse(503, `The account has ${MOST_FEEDS} datafeeds already`)
    return { id: feeds.create(owner, 1, null).id }
  })
  app.get<One & { Querystring: { limit?: string } }>('/v4/datafeed/:id/read', async (request, reply) => {
    const owner = agentCaller(symphony, request)
    const feed = feeds.find(owner, 1, request.params.id)
    const limit = whole('limit', request.query.limit, 100, 500)
    const { events, number } = await listening(symphony, request, feed, { acknowledges: 0, limit })
    if (events.length === 0) return reply.code(204).send()
    reply.raw.once('finish', () => feeds.acknowledge(feed.id, number))
    reply.raw.once('close', () => feeds.takeBack(feed.id, number))
    return breaksOff(symphony, owner, reply, events) ? reply : page(events, 0, limit)
  })
}

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
async function listening(
  { feeds }: Symphony,
  { raw }: FastifyRequest,
  feed: FeedRow,
  what: { acknowledges: number; limit?: number },
): Promise<Batch> {
  const { socket } = raw
  const hangUp = (): void => feeds.wake(feed.id)
  socket.once('close', hangUp)
  try {
    return await feeds.read(feed.id, { ...what, gone: () => socket.destroyed })
  } finally {
    socket.off('close', hangUp)
  }
}

/** Sends half of the response and closes the connection, if a test requested that. */
function breaksOff({ feeds }: Symphony, owner: UserRow, reply: FastifyReply, answer: unknown): boolean {
  if (!feeds.cuts.delete(owner.id)) return false
  const text = JSON.stringify(answer)
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  reply.raw.write(text.slice(0, text.length / 2), () => reply.raw.destroy())
  return true
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
