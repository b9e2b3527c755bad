import type { FastifyInstance } from 'fastify'
import { buildControl } from '../kit/control'
import type { FaultHooks } from '../kit/fault-hooks'
import type { FaultSwitch } from '../kit/faults'
import type { Colony } from './context'
import type { Action } from './limits'
import type { ColonyData, UserRow } from './model'
import type { ColonyStore } from './store'

interface Wish {
  name: string
  karma?: number
  kind?: 'agent' | 'human'
  tester?: boolean
  /** The code of a second factor that the account asks for. */
  totp?: string
}

/** Powers over this Colony: people, ages, tokens, limits, and what is left of a run. */
export function colonyControl(colony: Colony, faults: FaultSwitch, hooks: FaultHooks): FastifyInstance {
  const { store } = colony
  const app = buildControl(faults, hooks)
  app.post<{ Body: { group?: string; people: Wish[] } }>('/people', async ({ body }) => ({
    people: Object.fromEntries(body.people.map((wish) => [wish.name, settle(store, wish)])),
  }))
  app.post<{ Params: { id: string }; Body: { minutes: number } }>('/age/:id', async ({ params, body }, reply) => {
    const thing = store.data.posts.get(params.id) ?? store.data.comments.get(params.id)
    if (!thing) return reply.code(404).send({ error: `nothing has the id ${params.id}` })
    thing.createdAt -= body.minutes * 60_000
    return reply.code(204).send()
  })
  app.post<{ Body: { token: string } }>('/tokens/expire', async ({ body }, reply) => {
    store.data.deadTokens.add(body.token)
    return reply.code(204).send()
  })
  governance(app, colony)
  app.post<{ Body: { on: boolean; actions?: Action[] } }>('/limits', async ({ body }, reply) => {
    colony.limits.enforce(body.on, body.actions)
    return reply.code(204).send()
  })
  app.post<{ Body: { origin: string } }>('/receivers', async ({ body }, reply) => {
    colony.webhooks.allow(body.origin)
    return reply.code(204).send()
  })
  looks(app, colony)
  return app
}

/** What there is, and what was done. */
function looks(app: FastifyInstance, { store, webhooks, limits }: Colony): void {
  app.get('/deliveries', async () => ({ deliveries: webhooks.recorded }))
  app.get('/spent', async () => limits.spent())
  app.get('/counts', async () => counts(store))
  app.get('/everything', async () => everything(store.data))
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({ existing: existing(store, query.runId) }))
}

/** What operators and moderators do: switch an account off, revoke its tokens, archive a colony, ban somebody from it. */
function governance(app: FastifyInstance, { store }: Colony): void {
  app.post<{ Params: { id: string }; Body: { active?: boolean; revoke?: boolean } }>(
    '/people/:id',
    async ({ params, body }, reply) => {
      const user = store.someone(params.id)
      if (body.active !== undefined) user.isActive = body.active
      if (body.revoke) {
        user.revokedAt = Date.now()
        store.giveKey(user.id, true)
      }
      return reply.code(204).send()
    },
  )
  app.post<{ Params: { id: string }; Body: { archived?: boolean; ban?: string; moderator?: string } }>(
    '/colonies/:id',
    async ({ params, body }, reply) => {
      const governed = store.colony(params.id)
      governed.isArchived = body.archived ?? governed.isArchived
      if (body.ban) governed.banned.add(body.ban)
      if (body.moderator) governed.moderators.add(body.moderator)
      return reply.code(204).send()
    },
  )
}

/** A new tester account with a key of its own; names of people repeat, usernames never do. */
export function settle(store: ColonyStore, { name, karma = 25, kind = 'agent', tester = true, totp }: Wish) {
  const id = store.uuid()
  const user: UserRow = store.addUser(
    { username: `${name.toLowerCase()}-${id.slice(0, 8)}`, displayName: name, karma, kind, isTester: tester, totp: totp ?? null },
    id,
  )
  const apiKey = store.newApiKey()
  store.data.keys.set(apiKey, id)
  return { apiKey, id, username: user.username }
}

/** How many of each kind there are, so that a test can see that nothing was added or taken away. */
function counts({ data }: ColonyStore) {
  const members = [...data.colonies.values()].reduce((total, { members: all }) => total + all.size, 0)
  const { size: reactions } = data.reactions
  return {
    posts: data.posts.size,
    comments: data.comments.size,
    webhooks: data.webhooks.size,
    follows: data.follows.size,
    members,
    reactions,
  }
}

/** All there is, without keys and tokens, so that a test can compare it whole. */
function everything({ keys: _keys, deadTokens: _tokens, claims: _claims, colonies, webhooks, ...rest }: ColonyData) {
  const plain = (value: unknown): unknown =>
    value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value
  const governed = [...colonies.values()].map((one) => ({
    ...one,
    members: [...one.members],
    moderators: [...one.moderators],
    banned: [...one.banned],
  }))
  const hooks = [...webhooks.values()].map(({ secret: _secret, ...hook }) => hook)
  const others = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)]))
  return { ...others, colonies: governed, webhooks: hooks }
}

function existing(store: ColonyStore, mark: string) {
  const posts = [...store.data.posts.values()].filter(({ title, body }) => `${title} ${body}`.includes(mark))
  const comments = [...store.data.comments.values()].filter(({ body }) => body.includes(mark))
  return [
    ...posts.map(({ id, title }) => ({ kind: 'post', id, name: title })),
    ...[...store.data.webhooks.values()]
      .filter(({ url }) => url.includes(mark))
      .map(({ id, url }) => ({ kind: 'webhook', id, name: url })),
    ...store.data.messages
      .filter(({ body }) => body.includes(mark))
      .map(({ id, body }) => ({ kind: 'message', id, name: body, kept: true })),
    ...comments.map(({ id, body }) => ({ kind: 'comment', id, name: body })),
  ]
}
