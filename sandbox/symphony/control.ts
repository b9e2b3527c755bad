import { z } from 'zod'
import { controlRoute } from '../kit/control'
import { plannedRefusal, type Symphony } from './context'
import { badRequest } from './errors'
import { CATEGORIES, ENTITLEMENTS, type UserRow } from './model'
import { addPerson, MAIN_POD, type Provisioning, person } from './pods'
import { post } from './posting'
import { change } from './routes/members'
import { setPresence } from './routes/presence'
import { messageShape } from './shapes'
import { isRoom, isShown, type SymphonyStore } from './store'

/** A Symphony, and what is needed to create accounts in it. */
export interface Controlled extends Symphony {
  provisioning: Provisioning
}

const route = controlRoute<Controlled>()
const text = z.string().min(1)
const about = { username: text }

/** Actions of a person in their own client. */
const actions = [
  route(
    'POST /messages',
    'Posts a message as a person.',
    { ...about, streamId: text, message: z.string(), data: z.string().optional() },
    (symphony, { username, streamId, message, data }) => {
      const author = userOf(symphony, username)
      const draft = { message, files: [], previews: [], ...(data === undefined ? {} : { data }) }
      return messageShape(symphony.store, post(symphony, author, symphony.store.stream(author, streamId), draft))
    },
  ),
  route(
    'POST /memberships',
    'Adds a person to a room, or removes them, as another person.',
    { ...about, roomId: text, how: z.enum(['add', 'remove']), by: text },
    (symphony, { username, roomId, how, by: actor }) => {
      const by = userOf(symphony, actor)
      const room = symphony.store.room(by, roomId)
      return { message: change(symphony, how, { by, whom: userOf(symphony, username), room }) }
    },
  ),
  route(
    'POST /presences',
    'Sets the presence of a person.',
    { ...about, category: z.enum(CATEGORIES) },
    (symphony, { username, category }) => setPresence(userOf(symphony, username), category),
  ),
  route(
    'POST /events',
    'Delivers an event that no call brings about: a form sent in, a connection asked for, a post shared.',
    { ...about, to: text, type: text, payload: z.record(z.string(), z.unknown()) },
    (symphony, { username, to, type, payload }) =>
      symphony.feeds.publish({ type, by: userOf(symphony, username), payload }, [userOf(symphony, to).id]),
  ),
]

/** Settings of an administrator. */
const administration = [
  route(
    'POST /entitlements',
    'Gives an account all entitlements but these.',
    { ...about, lacks: z.array(z.enum(ENTITLEMENTS)) },
    (symphony, { username, lacks }) => {
      userOf(symphony, username).entitlements = ENTITLEMENTS.filter((one) => !lacks.includes(one))
    },
  ),
  route(
    'POST /accounts',
    'Activates or deactivates an account.',
    { ...about, active: z.boolean() },
    (symphony, { username, active }) => {
      userOf(symphony, username).active = active
    },
  ),
]

/** Failures in transport, each for one account only. */
const accidents = [
  route('POST /sessions/expire', 'Expires all tokens of an account.', about, (symphony, { username }) =>
    symphony.sessions.expire(userOf(symphony, username).id),
  ),
  route('POST /feeds/lose', 'Deletes all datafeeds of an account.', about, (symphony, { username }) => {
    const owner = userOf(symphony, username)
    const { feeds } = symphony
    for (const { id } of [...feeds.of(owner, 1), ...feeds.of(owner, 2)]) feeds.remove(owner, id)
  }),
  route(
    'POST /feeds/age',
    'Dates the last read of all datafeeds of an account back.',
    { ...about, minutes: z.number() },
    (symphony, { username, minutes }) => {
      const { id } = userOf(symphony, username)
      for (const feed of symphony.store.data.feeds.values()) if (feed.owner === id) feed.lastReadAt -= minutes * 60_000
    },
  ),
  route(
    'POST /feeds/cut',
    'Cuts the connection halfway through the response to the next read of a datafeed.',
    about,
    (symphony, { username }) => void symphony.feeds.cuts.add(userOf(symphony, username).id),
  ),
  route(
    'POST /answers',
    'Refuses the next call of an account, or the next whose route contains `on`.',
    { ...about, ...plannedRefusal },
    (symphony, { username, ...refusal }) => {
      const { id } = userOf(symphony, username)
      symphony.planned.set(id, [...(symphony.planned.get(id) ?? []), refusal])
    },
  ),
]

export const symphonyControl = [
  route(
    'POST /people',
    'Adds people to a pod, which is created with its first person; Ada is a bot. The response has usernames and credentials by name.',
    { group: z.string().default(MAIN_POD), people: z.array(person) },
    async ({ provisioning }, { group, people }) => {
      const added: Record<string, Record<string, string>> = {}
      for (const one of people) added[one.name] = await addPerson(provisioning, group, one)
      return { people: added }
    },
  ),
  ...actions,
  ...administration,
  ...accidents,
  route(
    'GET /existing',
    'Lists messages and rooms that still exist of a run, by the run id in their texts.',
    { runId: text },
    ({ store }, { runId }) => ({ existing: existing(store, runId) }),
  ),
  route('GET /state', 'Shows all there is, without tokens and keys.', {}, ({ store }) => store.state.plain()),
]

function userOf({ store }: Symphony, username: string): UserRow {
  const user = store.usernamed(username)
  if (!user) throw badRequest(`No user is called ${username}`)
  return user
}

function existing({ data }: SymphonyStore, runId: string) {
  const messages = [...data.messages.values()].filter((message) => isShown(message) && message.text.includes(runId))
  const rooms = [...data.streams.values()].filter(isRoom).filter(({ active, room }) => active && room.name.includes(runId))
  return [
    ...messages.map(({ id, text: name }) => ({ kind: 'message', id, name })),
    ...rooms.map(({ id, room }) => ({ kind: 'room', id, name: room.name })),
  ]
}
