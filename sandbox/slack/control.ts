import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { buildControl } from '../kit/control'
import type { FaultHooks } from '../kit/fault-hooks'
import type { FaultSwitch } from '../kit/faults'
import { Refusal } from '../kit/refusal'
import { addChannel } from './channels'
import type { Slack } from './context'
import { rateLimited, refused } from './errors'
import { existing } from './existing'
import { react } from './methods/reactions'
import type { Policy, TokenState, UserRow } from './model'
import { channelNamed, messageNamed, teamNamed, tokenNamed, userNamed } from './named'
import { addUser } from './people'
import { announce } from './posting'
import { settleGroup, type Wish } from './seed'
import { channelShape, messageShape } from './shapes'
import type { News } from './socket'
import type { DisconnectReason } from './socket-connection'
import { kept } from './text'

interface Said {
  channelId: string
  userId: string
  text: string
  threadTs?: string
}

interface NewChannels {
  teamId: string
  name: string
  kind?: 'public' | 'private'
  members?: string[]
  archived?: boolean
  policy?: Policy
  /** So many of them, numbered. */
  count?: number
}

/** Powers over this Slack: people, what they say and do, tokens, limits, sockets, and what is left of a run. */
export function slackControl(slack: Slack, faults: FaultSwitch, hooks: FaultHooks): FastifyInstance {
  const app = buildControl(faults, hooks)
  app.addHook('preHandler', async ({ method, body }) => {
    if (method === 'POST' && (typeof body !== 'object' || body === null))
      throw new Refusal(400, { error: 'a body in JSON is wanted' })
  })
  app.post<{ Body: { group?: string; people: Wish[] } }>('/people', async ({ body }) => ({
    people: settleGroup(slack, body.group ?? slack.store.secret(4), wanted(body.people)),
  }))
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({
    existing: existing(slack.store, query.runId),
  }))
  app.get('/state', async () => slack.store.state.plain())
  peoplePowers(app, slack)
  channelPowers(app, slack)
  accountPowers(app, slack)
  socketPowers(app, slack)
  return app
}

function wanted(people: Wish[] | undefined): Wish[] {
  if (!Array.isArray(people)) throw new Refusal(400, { error: 'people is wanted: a list of { name }' })
  return people
}

function peoplePowers(app: FastifyInstance, slack: Slack): void {
  const { store } = slack
  app.post<{ Body: Said }>('/messages', async ({ body: { channelId, userId, text, threadTs } }) => {
    const channel = channelNamed(slack, channelId)
    const named = threadTs === undefined ? undefined : messageNamed(slack, { channelId, ts: threadTs })
    const thread = named === undefined ? null : (named.threadTs ?? named.ts)
    const draft = { userId: userNamed(slack, userId).id, text: kept(text), threadTs: thread, clientMsgId: randomUUID() }
    return messageShape(store, announce({ store, slack }, channel, draft))
  })
  app.post<{ Body: { channelId: string; ts: string; userId: string; name: string } }>('/reactions', async ({ body }, reply) => {
    const channel = channelNamed(slack, body.channelId)
    const message = messageNamed(slack, body)
    const { id: user } = userNamed(slack, body.userId)
    const name = react(message, user, body.name)
    if (name !== undefined) slack.events.reacted('reaction_added', channel, message, { user, name })
    return reply.code(204).send()
  })
  app.post<{ Body: { userId: string; presence: UserRow['presence'] } }>('/presence', async ({ body }, reply) => {
    Object.assign(userNamed(slack, body.userId), { presence: body.presence, manualAway: false })
    return reply.code(204).send()
  })
  app.post<{ Body: { teamId: string; count: number } }>('/users', async ({ body }) => {
    const team = teamNamed(slack, body.teamId)
    const ids = Array.from({ length: body.count }, (_, at) => {
      return addUser(store, team, { name: `guest-${at + 1}`, realName: `Guest ${at + 1}` }).id
    })
    return { ids }
  })
}

function channelPowers(app: FastifyInstance, slack: Slack): void {
  const { store } = slack
  app.post<{ Body: NewChannels }>('/channels', async ({ body }) => {
    const { name, kind = 'public', members = [], archived = false, policy = 'open', count } = body
    const { id: teamId } = teamNamed(slack, body.teamId)
    const names = count === undefined ? [name] : Array.from({ length: count }, (_, at) => `${name}-${at + 1}`)
    return {
      channels: names.map((one) => {
        const channel = addChannel(store, { teamId, kind, name: one, creator: members[0] ?? '', members: [...members] })
        return channelShape(Object.assign(channel, { archived, policy }), '')
      }),
    }
  })
  app.post<{ Body: { channelId: string; policy?: Policy; archived?: boolean } }>('/policies', async ({ body }, reply) => {
    const { channelId, ...changes } = body
    Object.assign(channelNamed(slack, channelId), changes)
    return reply.code(204).send()
  })
  app.post<{ Body: { channelId: string; ts: string } }>('/locks', async ({ body }, reply) => {
    messageNamed(slack, body).locked = true
    return reply.code(204).send()
  })
  app.post<{ Body: { teamId: string; name: string } }>('/emoji', async ({ body }, reply) => {
    const { id } = teamNamed(slack, body.teamId)
    store.data.emoji.set(id, [...(store.data.emoji.get(id) ?? []), body.name])
    return reply.code(204).send()
  })
}

function accountPowers(app: FastifyInstance, slack: Slack): void {
  app.post<{ Body: { token: string; state: TokenState } }>('/tokens', async ({ body }, reply) => {
    tokenNamed(slack, body.token).state = body.state
    return reply.code(204).send()
  })
  app.post<{ Body: { on: boolean } }>('/limits', async ({ body }, reply) => {
    slack.limits.enforce(body.on)
    return reply.code(204).send()
  })
  app.post<{ Body: { token: string; method: string; times?: number; seconds?: number; softly?: boolean } }>(
    '/rate-limits',
    async ({ body }, reply) => {
      const { token, method, times = 1, seconds = 1, softly = false } = body
      const refusal = softly ? refused('rate_limited') : rateLimited(seconds)
      slack.limits.force({ appId: tokenNamed(slack, token).appId, method, left: times, refusal })
      return reply.code(204).send()
    },
  )
  app.post<{ Body: { token: string; method: string; error: string; times?: number; more?: object } }>(
    '/refusals',
    async ({ body: { token, method, error, times = 1, more } }, reply) => {
      slack.limits.force({ appId: tokenNamed(slack, token).appId, method, left: times, refusal: refused(error, more) })
      return reply.code(204).send()
    },
  )
}

function socketPowers(app: FastifyInstance, slack: Slack): void {
  const { sockets } = slack
  app.post<{ Body: { token: string; reason: DisconnectReason | 'cut'; after?: number } }>(
    '/socket/disconnect',
    async ({ body }, reply) => {
      const { appId } = tokenNamed(slack, body.token)
      if (body.reason === 'link_disabled') sockets.disabled.add(appId)
      sockets.disconnect(appId, body.reason, body.after)
      return reply.code(204).send()
    },
  )
  app.post<{ Body: { token: string; ack?: number; retries?: number[] } }>('/socket/patience', async ({ body }, reply) => {
    const { token, ...patience } = body
    sockets.setPatience(tokenNamed(slack, token).appId, patience)
    return reply.code(204).send()
  })
  app.post<{ Body: { token: string; on: boolean } }>('/socket/mode', async ({ body }, reply) => {
    const { appId } = tokenNamed(slack, body.token)
    if (body.on) sockets.disabled.delete(appId)
    else sockets.disabled.add(appId)
    return reply.code(204).send()
  })
  app.post<{ Body: News & { token: string } }>('/socket/send', async ({ body: { token, ...news } }, reply) => {
    sockets.deliver(tokenNamed(slack, token).appId, news)
    return reply.code(204).send()
  })
  app.get<{ Querystring: { token: string } }>('/socket', async ({ query }) => {
    const { appId } = tokenNamed(slack, query.token)
    return { connections: sockets.count(appId), unacknowledged: sockets.unacknowledged(appId) }
  })
}
