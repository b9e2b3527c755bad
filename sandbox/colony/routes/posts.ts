import { z } from 'zod'
import { invalid } from '../../kit/fastapi'
import { refuse } from '../errors'
import { feed, feedQuery } from '../feed'
import { type ColonyRow, newPost, POST_TYPES, type PostRow, type UserRow } from '../model'
import { notifyOfMentions } from '../notify'
import { id, instant, path } from '../parameters'
import { type Colony, routes } from '../route'
import { postShape } from '../shapes'
import { type ColonyStore, WINDOW } from '../store'

const tags = z.array(z.string()).max(10).nullish()
const texts = z.object({ title: z.string().min(3).max(300), body: z.string().min(1).max(50_000) })
const creation = texts.extend({
  colony_id: id.optional(),
  colony: z.string().max(100).optional(),
  no_colony: z.boolean().default(false),
  post_type: z.enum(POST_TYPES).default('discussion'),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  tags,
  language: z.string().max(10).default('en'),
  client: z.string().max(100).nullish(),
  scheduled_for: instant.nullish(),
  confirm_duplicate: z.boolean().default(false),
  bridge_to_nostr: z.boolean().default(false),
})
const changes = texts.partial().extend({ tags, language: z.string().max(10).optional() })
const onlyTags = z.object({ tags: z.array(z.string()).min(1).max(10) })
const MINUTE = 60_000
const TAG_WINDOW = 7 * 24 * 60 * MINUTE
const SOONEST = 5 * MINUTE
const LATEST = 30 * 24 * 60 * MINUTE
const MISSING_COLONY = { type: 'missing', loc: ['body', 'colony_id'], msg: 'Field required' }
const TWO_COLONIES = { type: 'value_error', loc: ['body'], msg: 'Give exactly one of colony_id, colony and no_colony' }
const isPoll = (metadata: unknown): boolean => z.object({ poll_options: z.array(z.unknown()).min(2) }).safeParse(metadata).success

export const postRoutes = routes(({ member, open }, colony) => {
  const { store } = colony
  open('GET /posts', { query: feedQuery }, ({ query, viewer }) => feed(store, query, viewer?.id))
  open('GET /posts/:id', { path }, ({ path: { id: postId }, viewer }) => postShape(store, store.post(postId, viewer?.id)))
  member('POST /posts', { limit: 'post', body: creation, status: 201 }, ({ user, body: fields }) => {
    const named = [fields.colony_id, fields.colony, fields.no_colony].filter(Boolean).length
    if (named !== 1) throw invalid(named === 0 ? MISSING_COLONY : TWO_COLONIES)
    const post = write(store, user, fields)
    announce(colony, user, post)
    return postShape(store, post)
  })
  member('PUT /posts/:id', { limit: 'edit', path, body: changes }, ({ user, path: { id: postId }, body: given }) => {
    const post = editable(store, user, postId, given)
    const named = Object.entries(given).filter(([, value]) => value !== undefined)
    if (named.length > 0) Object.assign(post, Object.fromEntries(named), { updatedAt: store.now() })
    return postShape(store, post)
  })
  /** Only tags, and only for a post without any. */
  member('PUT /posts/:id/tags', { limit: 'edit', path, body: onlyTags }, ({ user, path: { id: postId }, body: given }) => {
    const known = store.post(postId, user.id)
    if (known.authorId === user.id && (known.tags ?? []).length > 0)
      throw refuse(409, 'POST_ALREADY_TAGGED', 'This post has tags already')
    return postShape(store, Object.assign(editable(store, user, postId, given), given, { updatedAt: store.now() }))
  })
  member('DELETE /posts/:id', { limit: 'edit', path }, ({ user, path: { id: postId } }) =>
    store.removePost(owned(store, user, postId, 'DELETE').id),
  )
})

/** @returns undefined for a post in no colony */
function placeOf(store: ColonyStore, { no_colony, colony_id, colony }: Content): ColonyRow | undefined {
  if (no_colony) return undefined
  return colony_id ? store.colony(colony_id) : store.colonyNamed(colony ?? '')
}

type Content = Pick<z.infer<typeof creation>, 'title' | 'body' | 'tags' | 'language' | 'metadata' | 'no_colony'> &
  Partial<Omit<z.infer<typeof creation>, 'post_type'>> & { post_type: string }

/** @param crosspostOf id of the post that is carried into another colony */
export function write(store: ColonyStore, author: UserRow, fields: Content, crosspostOf: string | null = null): PostRow {
  const where = placeOf(store, fields)
  if (where?.banned.has(author.id)) throw refuse(403, 'FORBIDDEN', 'You are banned from this colony')
  store.expectKarma(author, where, 'post')
  if (where?.isArchived) throw refuse(409, 'CONFLICT', 'This colony is archived')
  if (fields.post_type === 'poll' && !isPoll(fields.metadata))
    throw refuse(400, 'INVALID_INPUT', 'A poll needs at least two poll_options')
  const now = store.now()
  const scheduledFor = fields.scheduled_for ?? null
  if (scheduledFor !== null && (scheduledFor < now + SOONEST || scheduledFor > now + LATEST))
    throw refuse(400, 'INVALID_INPUT', 'scheduled_for must be 5 minutes to 30 days ahead')
  const { title, body, tags = null, language, metadata = null, client = null, post_type: type } = fields
  const origin = { authorId: author.id, colonyId: where?.id ?? null, client, crosspostOf, createdAt: now, scheduledFor }
  const post = newPost({ id: store.uuid(), type, title, body, tags, language, metadata, ...origin })
  store.data.posts.set(post.id, post)
  return post
}

/** A draft sends no notifications. */
export function announce({ store, webhooks }: Colony, author: UserRow, post: PostRow): void {
  if (post.scheduledFor !== null) return
  const about = { post_id: post.id, author: author.username, title: post.title }
  webhooks.publish('post_created', { ...about, colony: store.colonyOf(post)?.name ?? null, post_type: post.type })
  const named = notifyOfMentions(store, `${post.title} ${post.body}`, { actor: author, postId: post.id })
  const mentioned = named.map(({ id: userId }) => userId)
  const facts = { actor: author.username, post_id: post.id, post_title: post.title }
  if (mentioned.length > 0) webhooks.publish('mention', facts, mentioned)
}

/** The author may add tags to an untagged post for seven days; every other change has the usual window. */
function editable(store: ColonyStore, user: UserRow, postId: string, given: z.infer<typeof changes>): PostRow {
  const addsTagsOnly = given.tags != null && Object.values(given).filter((value) => value !== undefined).length === 1
  const post = store.post(postId, user.id)
  if (!addsTagsOnly || post.authorId !== user.id || (post.tags ?? []).length > 0) return owned(store, user, postId, 'EDIT')
  if (store.now() - post.createdAt > TAG_WINDOW)
    throw refuse(403, 'POST_EDIT_WINDOW_EXPIRED', 'Posts can be tagged for 7 days only')
  return post
}

/** @throws 404 for no such post, 403 for another author's, 403 after the edit window; moderators delete at any time */
function owned(store: ColonyStore, user: UserRow, postId: string, act: 'EDIT' | 'DELETE'): PostRow {
  const post = store.post(postId, user.id)
  const verb = act === 'EDIT' ? 'edit' : 'delete'
  if (act === 'DELETE' && store.moderates(user.id, post)) return post
  if (post.authorId !== user.id) throw refuse(403, `POST_${act}_FORBIDDEN`, `You can only ${verb} your own posts`)
  if (store.now() - post.createdAt > WINDOW + 1)
    throw refuse(403, `POST_${act}_WINDOW_EXPIRED`, `Posts can be ${act === 'EDIT' ? 'edited' : 'deleted'} for 15 minutes only`)
  return post
}
