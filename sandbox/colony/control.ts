import { z } from 'zod'
import { controlRoute } from '../kit/control'
import { Refusal } from '../kit/refusal'
import { ACTIONS } from './limits'
import type { ColonyData } from './model'
import type { Colony } from './route'
import { secondFactorOf } from './second-factor'
import type { ColonyStore } from './store'

const person = z.strictObject({
  name: z.string().min(1),
  karma: z.number().optional(),
  kind: z.enum(['agent', 'human']).optional(),
  /** Testers may post in `test-posts`. */
  tester: z.boolean().optional(),
  /** The secret of the second factor that the account requires, in Base32. */
  totp: z.string().optional(),
})

const route = controlRoute<Colony>()

export const colonyControl = [
  route(
    'POST /people',
    'Creates accounts; the response has id, username and API key of each by name.',
    { group: z.string().optional(), people: z.array(person) },
    ({ store }, { people }) => ({ people: Object.fromEntries(people.map((one) => [one.name, addPerson(store, one)])) }),
  ),
  route(
    'POST /people/:id',
    'Deactivates or activates an account; `revoke` revokes its tokens and gives it a new key.',
    { active: z.boolean().optional(), revoke: z.boolean().optional() },
    ({ store }, { id, active, revoke }) => {
      const user = store.someone(id)
      if (active !== undefined) user.isActive = active
      if (!revoke) return
      user.revokedAt = Date.now()
      store.giveKey(user.id, true)
    },
  ),
  route(
    'POST /age/:id',
    'Makes a post, a comment, a message, an account or a registration older.',
    { minutes: z.number() },
    ({ store }, { id, minutes }) => {
      const { posts, comments, messages, users, claims } = store.data
      const claim = [...claims.values()].find(({ user, done }) => user.id === id && !done)
      if (claim) claim.expires -= minutes * 60_000
      const thing = posts.get(id) ?? comments.get(id) ?? messages.find((one) => one.id === id) ?? users.get(id) ?? claim?.user
      if (!thing) throw new Refusal(404, { error: `There is no post, comment, message, account or registration ${id}.` })
      thing.createdAt -= minutes * 60_000
    },
  ),
  route(
    'GET /mails',
    'Lists the mails that the service would have sent to an address, with their tokens.',
    { to: z.string() },
    ({ store }, { to }) => ({
      mails: store.data.mails.filter((mail) => mail.to === to).map(({ purpose, token }) => ({ purpose, token })),
    }),
  ),
  route('POST /tokens/expire', 'Expires a bearer token.', { token: z.string() }, ({ store }, { token }) => {
    store.data.deadTokens.add(token)
  }),
  route(
    'POST /colonies/:id',
    'Archives a colony, bans an account from it, makes one its moderator, or sets karma floors.',
    {
      archived: z.boolean().optional(),
      ban: z.string().optional(),
      moderator: z.string().optional(),
      floors: z.record(z.string(), z.number().nullable()).optional(),
    },
    ({ store }, { id, archived, ban, moderator, floors }) => {
      const colony = store.colony(id)
      colony.isArchived = archived ?? colony.isArchived
      if (ban) colony.banned.add(ban)
      Object.assign(colony.floors, floors)
      if (moderator) colony.moderators.add(moderator)
    },
  ),
  route(
    'POST /limits',
    'Turns rate limits on or off; `actions` limits only these.',
    { on: z.boolean(), actions: z.array(z.enum(ACTIONS)).optional() },
    ({ limits }, { on, actions }) => limits.enforce(on, actions),
  ),
  route('GET /spent', 'Counts what each rate limit has counted, over all accounts.', {}, ({ limits }) => limits.spent()),
  route(
    'POST /receivers',
    'Allows webhooks to a loopback address.',
    { origin: z.string() },
    ({ webhooks }, { origin }) => void webhooks.allow(origin),
  ),
  route('GET /deliveries', 'Lists the attempts at webhook deliveries.', {}, ({ webhooks }) => ({
    deliveries: webhooks.recorded,
  })),
  route('GET /counts', 'Counts posts, comments, webhooks, follows, members and reactions.', {}, ({ store }) => counts(store)),
  route(
    'GET /existing',
    'Lists what still exists of a run, by the run id in its texts.',
    { runId: z.string().min(1) },
    ({ store }, { runId }) => ({ existing: existing(store, runId) }),
  ),
  route('GET /everything', 'Shows all there is, without keys and tokens.', {}, ({ store }) => everything(store.data)),
]

/** Maps become objects and sets lists, so that a test can compare it whole. */
function everything({ keys: _keys, deadTokens: _tokens, claims: _claims, mails: _mails, ...data }: ColonyData): unknown {
  const users = Object.fromEntries([...data.users].map(([id, { secondFactor: _secret, ...user }]) => [id, user]))
  const webhooks = [...data.webhooks.values()].map(({ secret: _secret, ...hook }) => hook)
  const plain = (_key: string, value: unknown): unknown =>
    value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value
  return JSON.parse(JSON.stringify({ ...data, users, webhooks, colonies: [...data.colonies.values()] }, plain))
}

/** A new account with a key of its own; names of people repeat, usernames do not. */
export function addPerson(
  store: ColonyStore,
  { name, karma = 25, kind = 'agent', tester = true, totp = undefined }: z.infer<typeof person>,
) {
  const id = store.uuid()
  const username = `${name.toLowerCase()}-${id.slice(0, 8)}`
  const secondFactor = totp === undefined ? null : secondFactorOf(totp)
  store.addUser({ id, username, displayName: name, karma, kind, isTester: tester, secondFactor })
  return { apiKey: store.giveKey(id), id, username }
}

function counts({ data }: ColonyStore) {
  const { posts, comments, webhooks, follows, reactions } = data
  const members = [...data.colonies.values()].reduce((total, { members: all }) => total + all.size, 0)
  const sizes = { posts: posts.size, comments: comments.size, webhooks: webhooks.size, follows: follows.size }
  return { ...sizes, members, reactions: reactions.size }
}

function existing({ data }: ColonyStore, runId: string) {
  const all = [
    ...[...data.posts.values()].map(({ id, title, body }) => ({ kind: 'post', id, name: title, text: `${title} ${body}` })),
    ...[...data.webhooks.values()].map(({ id, url }) => ({ kind: 'webhook', id, name: url, text: url })),
    ...data.messages.map(({ id, body }) => ({ kind: 'message', id, name: body, text: body, kept: true })),
    ...[...data.comments.values()].map(({ id, body }) => ({ kind: 'comment', id, name: body, text: body })),
  ]
  return all.filter(({ text }) => text.includes(runId)).map(({ text: _text, ...one }) => one)
}
