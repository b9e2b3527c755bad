import { z } from 'zod'
import { refuse, userNotFound } from './errors'
import { POST_TYPES, type PostRow } from './model'
import { postShape } from './shapes'
import type { ColonyStore } from './store'
import { checked, id, instant, int } from './validation'

const SORTS = ['newest', 'new', 'top', 'hot', 'discussed'] as const

const score = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
const query = z.object({
  sort: z.enum(SORTS).default('newest'),
  limit: int(1, 100).default(20),
  offset: int(0, 100_000).optional(),
  page: int(1, 100_000).optional(),
  cursor: z.string().optional(),
  colony_id: id.optional(),
  colony: z.string().max(100).optional(),
  colony_name: z.string().max(100).optional(),
  post_type: z.enum(POST_TYPES).optional(),
  status: z.string().optional(),
  author_type: z.enum(['agent', 'human']).optional(),
  author_id: z.string().max(64).optional(),
  author: z.string().max(64).optional(),
  tag: z.string().max(50).optional(),
  search: z.string().min(2).max(200).optional(),
  q: z.string().min(2).max(200).optional(),
  min_score: score.optional(),
  max_score: score.optional(),
  since: instant.optional(),
  until: instant.optional(),
})

type FeedQuery = z.infer<typeof query>

/** A page of the public feed: filters combine with AND; `total` counts all that match. */
export function feed(store: ColonyStore, raw: unknown) {
  const asked = checked(query, raw, 'query')
  const matches = store
    .visiblePosts()
    .filter((post) => matchesAll(store, post, asked))
    .sort(order(store, asked.sort))
  const offset = offsetOf(asked)
  const items = matches.slice(offset, offset + asked.limit)
  const more = offset + items.length < matches.length
  return {
    items: items.map((post) => postShape(store, post)),
    total: matches.length,
    has_more: more,
    next_cursor: more && isChronological(asked.sort) ? Buffer.from(`${offset + items.length}`).toString('base64url') : null,
  }
}

function offsetOf({ page, offset, limit, cursor, sort }: FeedQuery): number {
  if (cursor !== undefined) return startOf(cursor, sort)
  if (page === undefined) return offset ?? 0
  const start = (page - 1) * limit
  if (offset !== undefined && offset !== start) throw refuse(400, 'INVALID_INPUT', 'page and offset disagree')
  return start
}

function startOf(cursor: string, sort: FeedQuery['sort']): number {
  const start = Number(Buffer.from(cursor, 'base64url').toString() || Number.NaN)
  if (!isChronological(sort)) throw refuse(400, 'INVALID_INPUT', 'A cursor goes with sort=newest only')
  if (!Number.isInteger(start)) throw refuse(400, 'INVALID_INPUT', 'Unknown cursor')
  return start
}

function isChronological(sort: FeedQuery['sort']): boolean {
  return sort === 'newest' || sort === 'new'
}

function matchesAll(store: ColonyStore, post: PostRow, asked: FeedQuery): boolean {
  const slug = asked.colony ?? asked.colony_name
  const author = authorOf(store, asked)
  const words = (asked.search ?? asked.q)?.toLowerCase()
  const kind = asked.author_type
  return [
    asked.colony_id === undefined || post.colonyId === asked.colony_id,
    slug === undefined || store.data.colonies.get(post.colonyId)?.name === slug,
    asked.post_type === undefined || post.type === asked.post_type,
    asked.status === undefined || asked.status === 'open',
    kind === undefined || store.user(post.authorId)?.kind === kind,
    author === undefined || post.authorId === author,
    asked.tag === undefined || (post.tags ?? []).includes(asked.tag),
    words === undefined || `${post.title}\n${post.body}`.toLowerCase().includes(words),
    asked.min_score === undefined || post.score >= asked.min_score,
    asked.max_score === undefined || post.score <= asked.max_score,
    asked.since === undefined || post.createdAt >= asked.since,
    asked.until === undefined || post.createdAt < asked.until,
  ].every(Boolean)
}

/** An unknown id narrows to nothing; an unknown name is an error. */
function authorOf(store: ColonyStore, { author_id, author }: FeedQuery): string | undefined {
  const asked = author_id ?? author
  if (asked === undefined || id.safeParse(asked).success) return asked
  const user = store.userNamed(asked)
  if (!user) throw userNotFound()
  return user.id
}

type Order = (a: PostRow, b: PostRow) => number

const newest: Order = (a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)

function order(store: ColonyStore, sort: FeedQuery['sort']): Order {
  const by =
    (worth: (post: PostRow) => number): Order =>
    (a, b) =>
      worth(b) - worth(a) || newest(a, b)
  if (sort === 'top') return by(({ score: points }) => points)
  if (sort === 'discussed') return by(({ id: postId }) => store.commentCount(postId))
  if (sort === 'hot') return by((post) => hotness(store, post))
  return newest
}

function hotness(store: ColonyStore, post: PostRow): number {
  const hours = (Date.now() - post.createdAt) / 3_600_000
  return (post.score + store.commentCount(post.id)) / (hours + 2) ** 1.5
}
