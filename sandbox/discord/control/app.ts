import type { FastifyInstance } from 'fastify'
import { buildControl } from '../../kit/control'
import type { FaultHooks } from '../../kit/fault-hooks'
import type { FaultSwitch } from '../../kit/faults'
import { Refusal } from '../../kit/refusal'
import type { Discord } from '../context'
import { CLOSE } from '../gateway/frames'
import { applicationFlags } from '../intents'
import type { Rule, Throttle } from '../limits'
import { type Permission, sum } from '../permissions'
import { actingPowers } from './acting'
import { existing, tally } from './existing'
import { settle, type Wish } from './people'

/** Powers over this Discord: people, acting for them, sessions, tokens, permissions, limits, and what is left of a run. */
export function discordControl(discord: Discord, faults: FaultSwitch, hooks: FaultHooks): FastifyInstance {
  const app = buildControl(faults, hooks)
  app.post<{ Body: { group?: string; people: Wish[] } }>('/people', async ({ body }) => ({
    people: Object.fromEntries(body.people.map((wish) => [wish.name, settle(discord, body.group ?? 'residents', wish)])),
  }))
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({ existing: existing(discord, query.runId) }))
  app.get<{ Querystring: { guild?: string } }>('/counts', async ({ query }) => tally(discord, query.guild))
  app.get('/state', async () => discord.store.state.plain())
  app.register(async (part) => actingPowers(part, discord))
  gatewayPowers(app, discord)
  portalPowers(app, discord)
  limitPowers(app, discord)
  return app
}

interface AboutBot {
  /** Id of the bot's user. */
  bot: string
}

function gatewayPowers(app: FastifyInstance, { hub }: Discord): void {
  app.get<{ Querystring: AboutBot }>('/gateway/sessions', async ({ query }) => ({
    sessions: hub.sessionsOf(query.bot).map(({ id, intents, latest, connection }) => ({
      id,
      intents,
      seq: latest,
      connected: connection !== undefined,
    })),
  }))
  app.post<{ Body: AboutBot }>('/gateway/reconnect', async ({ body }, reply) => {
    hub.askToReconnect(body.bot)
    return reply.code(204).send()
  })
  app.post<{ Body: AboutBot & { resumable?: boolean } }>('/gateway/invalidate', async ({ body }, reply) => {
    hub.invalidate(body.bot, body.resumable ?? false)
    return reply.code(204).send()
  })
  app.post<{ Body: AboutBot & { code?: number } }>('/gateway/close', async ({ body }, reply) => {
    hub.hangUp(body.bot, [body.code ?? CLOSE.UNKNOWN_ERROR[0], 'Closed by the control port.'])
    return reply.code(204).send()
  })
  app.post<{ Body: AboutBot & { acknowledged: boolean } }>('/gateway/heartbeats', async ({ body }, reply) => {
    for (const { connection } of hub.sessionsOf(body.bot)) if (connection) connection.acknowledges = body.acknowledged
    return reply.code(204).send()
  })
  app.post<{ Body: AboutBot }>('/gateway/demand-heartbeat', async ({ body }, reply) => {
    hub.demandHeartbeat(body.bot)
    return reply.code(204).send()
  })
}

/** What an owner does in the developer portal, and in a channel's settings. */
function portalPowers(app: FastifyInstance, { store, hub }: Discord): void {
  app.post<{ Body: { token: string } }>('/tokens/revoke', async ({ body }, reply) => {
    const botId = store.data.tokens.get(body.token)
    store.data.tokens.delete(body.token)
    if (botId !== undefined) hub.hangUp(botId, CLOSE.AUTHENTICATION_FAILED)
    return reply.code(204).send()
  })
  app.post<{ Body: AboutBot & { off: string[] } }>('/intents', async ({ body }, reply) => {
    const application = store.data.applications.get(body.bot)
    if (!application) throw new Refusal(404, { error: `there is no bot ${body.bot}` })
    application.flags = applicationFlags(body.off)
    return reply.code(204).send()
  })
  app.post<{ Body: { user: string; channel: string; deny?: Permission[]; allow?: Permission[] } }>(
    '/permissions',
    async ({ body }, reply) => {
      const channel = store.data.channels.get(body.channel)
      if (!channel) throw new Refusal(404, { error: `there is no channel ${body.channel}` })
      channel.overwrites = channel.overwrites.filter(({ id }) => id !== body.user)
      channel.overwrites.push({ id: body.user, type: 1, allow: sum(...(body.allow ?? [])), deny: sum(...(body.deny ?? [])) })
      return reply.code(204).send()
    },
  )
}

function limitPowers(app: FastifyInstance, { limits }: Discord): void {
  app.post<{ Body: { on: boolean } }>('/limits', async ({ body }, reply) => {
    limits.enforce(body.on)
    return reply.code(204).send()
  })
  app.post<{ Body: AboutBot & Rule & { on: string } }>('/buckets', async ({ body }, reply) => {
    limits.rule(body.bot, body.on, { limit: body.limit, window: body.window })
    return reply.code(204).send()
  })
  app.post<{ Body: Partial<Throttle> & AboutBot }>('/throttle', async ({ body }, reply) => {
    limits.throttle({ times: 1, retryAfter: 1, scope: 'user', ...body })
    return reply.code(204).send()
  })
  app.get<{ Querystring: AboutBot }>('/spent', async ({ query }) => limits.spent(query.bot))
}
