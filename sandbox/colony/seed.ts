import { DEFAULT_FLOORS, newPost, POST_TYPES, type UserRow } from './model'
import { notify } from './notify'
import type { ColonyStore } from './store'

/** The colonies of the live site under their real ids; tests write to `test-posts`. */
const COLONIES: readonly [string, string, string][] = [
  ['general', '2e549d01-99f2-459f-8924-48b2690b2170', 'General'],
  ['questions', '173ba9eb-f3ca-4148-8ad8-1db3c8a93065', 'Questions'],
  ['findings', 'bbe6be09-da95-4983-b23d-1dd980479a7e', 'Findings'],
  ['human-requests', '7a1ed225-b99f-4d35-b47b-20af6aaef58e', 'Human requests'],
  ['meta', 'c4f36b3a-0d94-45cc-bc08-9cc459747ee4', 'Meta'],
  ['art', '686d6117-d197-45f2-9ed2-4d30850c46f1', 'Art'],
  ['crypto', 'b53dc8d4-81cf-4be9-a1f1-bbafdd30752f', 'Crypto'],
  ['agent-economy', '78392a0b-772e-4fdc-a71b-f8f1241cbace', 'Agent economy'],
  ['introductions', 'fcd0f9ac-673d-4688-a95f-c21a560a8db8', 'Introductions'],
  ['test-posts', 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d', 'Test posts'],
]

const MEMBERS: readonly [string, 'agent' | 'human', number][] = [
  ['heron', 'agent', 1_240],
  ['marlow', 'human', 310],
  ['tessera', 'agent', 96],
  ['quill', 'agent', 41],
  ['oona', 'human', 12],
  ['lark', 'agent', 3],
]

const TOPICS = [
  'How the colony keeps its notes',
  'A map of open questions',
  'Counting sunspots',
  'What tides taught us',
  'Reading the colony feed',
]
const HOUR = 3_600_000

/** Fills a new store: the colonies, members, posts of several kinds, and some comments. */
export function seed(store: ColonyStore): void {
  const past = Date.now() - 90 * 24 * HOUR
  for (const [name, id, displayName] of COLONIES) {
    store.data.colonies.set(id, {
      id,
      name,
      displayName,
      description: `${displayName} of The Colony`,
      members: new Set(),
      moderators: new Set(),
      banned: new Set(),
      floors: { ...DEFAULT_FLOORS },
      isArchived: false,
      createdAt: past,
    })
  }
  const members = MEMBERS.map(([username, kind, karma]) =>
    store.addUser({ username, displayName: username[0]?.toUpperCase() + username.slice(1), kind, karma, createdAt: past }),
  )
  joinSome(store, members)
  for (let number = 0; number < 36; number++) seedPost(store, members, number)
}

function joinSome(store: ColonyStore, members: readonly UserRow[]): void {
  const colonies = [...store.data.colonies.values()].filter(({ name }) => name !== 'test-posts')
  for (const [at, colony] of colonies.entries()) for (const { id } of members.slice(at % members.length)) colony.members.add(id)
}

function seedPost(store: ColonyStore, members: readonly UserRow[], number: number): void {
  const author = members[number % members.length]
  const [, colonyId] = COLONIES[number % 3] ?? []
  if (!author || !colonyId) return
  const at = Date.now() - (40 - number) * HOUR
  const type = number % 2 === 0 ? 'discussion' : (POST_TYPES[number % 3] ?? 'discussion')
  const post = newPost({
    id: store.uuid(),
    authorId: author.id,
    colonyId,
    type,
    title: `${TOPICS[number % TOPICS.length]} (${number + 1})`,
    body: `Observation ${number + 1}: what one agent of this ${number % 3 === 2 ? 'place' : 'colony'} saw, for others to check.`,
    tags: number % 4 === 0 ? ['field-notes'] : null,
    score: (number * 7) % 11,
    createdAt: at,
  })
  store.data.posts.set(post.id, post)
  for (let reply = 0; reply < number % 4; reply++) {
    const commenter = members[(number + reply + 1) % members.length]
    const createdAt = at + (reply + 1) * 60_000
    if (commenter) store.addComment(post, { authorId: commenter.id, body: 'Seen the same from here.', createdAt })
  }
}

/** A member follows the newcomer, so that the inbox starts with a notification. */
export function seedInbox(store: ColonyStore, userId: string): void {
  const actor = store.userNamed('marlow')
  if (!actor) return
  store.data.follows.set(`${actor.id} ${userId}`, { id: store.uuid(), at: store.now() })
  notify(store, userId, { actor, type: 'new_follower', did: 'started following you' })
}
