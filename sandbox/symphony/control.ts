import type { FastifyInstance } from 'fastify'
import { buildControl } from '../kit/control'
import type { FaultHooks } from '../kit/fault-hooks'
import type { FaultSwitch } from '../kit/faults'
import type { Planned, Symphony } from './context'
import { badRequest } from './errors'
import { ENTITLEMENTS, type Entitlement, type UserRow } from './model'
import { MAIN_POD, type Office, settle, type Wish } from './pods'
import { post } from './posting'
import { change } from './routes/members'
import { categoryIn, setPresence } from './routes/presence'
import { messageShape } from './shapes'
import { isRoom, isShown, type SymphonyStore } from './store'

interface About {
  username: string
}

/** Powers over this Symphony: people, what they say and do, sessions, feeds, and what is left of a run. */
export function symphonyControl(symphony: Symphony, office: Office, faults: FaultSwitch, hooks: FaultHooks): FastifyInstance {
  const app = buildControl(faults, hooks)
  app.post<{ Body: { group?: string; people: Wish[] } }>('/people', async ({ body }) => {
    const people: Record<string, Record<string, string>> = {}
    for (const wish of body.people) people[wish.name] = await settle(office, body.group ?? MAIN_POD, wish)
    return { people }
  })
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({
    existing: existing(symphony.store, query.runId),
  }))
  app.get('/state', async () => symphony.store.state.plain())
  actions(app, symphony)
  administration(app, symphony)
  accidents(app, symphony)
  return app
}

/** What a person does in a client of their own. */
function actions(app: FastifyInstance, symphony: Symphony): void {
  const { store } = symphony
  app.post<{ Body: About & { streamId: string; message: string; data?: string } }>('/messages', async ({ body }) => {
    const author = known(store, body.username)
    const stream = store.stream(author, body.streamId)
    const { message, data } = body
    const draft = { message, files: [], previews: [], ...(data === undefined ? {} : { data }) }
    return messageShape(store, post(symphony, author, stream, draft))
  })
  app.post<{ Body: About & { roomId: string; how: 'add' | 'remove'; by: string } }>('/memberships', async ({ body }) => {
    const by = known(store, body.by)
    const room = store.room(by, body.roomId)
    return { message: change(symphony, body.how, { by, whom: known(store, body.username), room }) }
  })
  app.post<{ Body: About & { category: string } }>('/presences', async ({ body }, reply) => {
    setPresence(known(store, body.username), categoryIn(body))
    return reply.code(204).send()
  })
  // What no call brings about: forms sent in, connections asked for, posts shared.
  app.post<{ Body: About & { to: string; type: string; payload: Record<string, unknown> } }>(
    '/events',
    async ({ body }, reply) => {
      const { type, payload } = body
      symphony.feeds.publish({ type, by: known(store, body.username), payload }, [known(store, body.to).id])
      return reply.code(204).send()
    },
  )
}

/** What an administrator decides. */
function administration(app: FastifyInstance, { store }: Symphony): void {
  app.post<{ Body: About & { lacks: Entitlement[] } }>('/entitlements', async ({ body }, reply) => {
    known(store, body.username).entitlements = ENTITLEMENTS.filter((one) => !body.lacks.includes(one))
    return reply.code(204).send()
  })
  app.post<{ Body: About & { active: boolean } }>('/accounts', async ({ body }, reply) => {
    known(store, body.username).active = body.active
    return reply.code(204).send()
  })
}

/** What goes wrong on the way, each for one account only. */
function accidents(app: FastifyInstance, symphony: Symphony): void {
  const { store, sessions, feeds, planned } = symphony
  app.post<{ Body: About }>('/sessions/expire', async ({ body }, reply) => {
    sessions.expire(known(store, body.username).id)
    return reply.code(204).send()
  })
  app.post<{ Body: About }>('/feeds/lose', async ({ body }, reply) => {
    const owner = known(store, body.username)
    for (const { id } of [...feeds.of(owner, 1), ...feeds.of(owner, 2)]) feeds.remove(owner, id)
    return reply.code(204).send()
  })
  app.post<{ Body: About & { minutes: number } }>('/feeds/age', async ({ body }, reply) => {
    const { id } = known(store, body.username)
    for (const feed of store.data.feeds.values()) if (feed.owner === id) feed.lastReadAt -= body.minutes * 60_000
    return reply.code(204).send()
  })
  app.post<{ Body: About }>('/feeds/cut', async ({ body }, reply) => {
    feeds.cuts.add(known(store, body.username).id)
    return reply.code(204).send()
  })
  app.post<{ Body: About & Planned }>('/answers', async ({ body }, reply) => {
    const { username, ...plan } = body
    const { id } = known(store, username)
    planned.set(id, [...(planned.get(id) ?? []), plan])
    return reply.code(204).send()
  })
}

function known(store: SymphonyStore, username: string): UserRow {
  const user = store.usernamed(username)
  if (!user) throw badRequest(`No user is called ${username}`)
  return user
}

function existing(store: SymphonyStore, mark: string) {
  const messages = [...store.data.messages.values()].filter((message) => isShown(message) && message.text.includes(mark))
  const rooms = [...store.data.streams.values()].filter(isRoom).filter(({ active, room }) => active && room.name.includes(mark))
  return [
    ...messages.map(({ id, text }) => ({ kind: 'message', id, name: text })),
    ...rooms.map(({ id, room }) => ({ kind: 'room', id, name: room.name })),
  ]
}
