import { z } from 'zod'
import { bool, int } from '../kit/fastapi'
import { refuse, userNotFound } from './errors'
import { POST_TYPES, type PostRow } from './model'
import { asId, id, instant } from './parameters'
import { page, postShape } from './shapes'
import type { ColonyStore } from './store'

const SORTS = ['newest', 'new', 'top', 'hot', 'discussed'] as const

/** The query of the public feed. */
export const feedQuery = z.object({
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
  min_score: int().optional(),
  max_score: int().optional(),
  since: instant.optional(),
  until: instant.optional(),
  member_colonies: bool.optional(),
})

type FeedQuery = z.infer<typeof feedQuery>

/** A page of the public feed: filters combine with AND; `total` counts all that match. */
export function feed(store: ColonyStore, asked: FeedQuery, viewer?: string) {
  const members = asked.member_colonies === undefined ? undefined : store.coloniesOf(viewer)
  const author = authorOf(store, asked)
  const matches = store
    .visiblePosts()
    .filter((post) => matchesAll(store, post, { ...asked, author }, members))
    .sort(order(store, asked.sort))
  const offset = asked.cursor === undefined ? offsetOf(asked) : startOf(matches, asked.cursor, asked.sort)
  const found = page(matches, { limit: asked.limit, offset }, (post) => postShape(store, post))
  const last = matches[offset + asked.limit - 1]
  return { ...found, next_cursor: found.has_more && last && isChronological(asked.sort) ? cursorAfter(last) : null }
}

function offsetOf({ page, offset, limit }: FeedQuery): number {
  if (page === undefined) return offset ?? 0
  const start = (page - 1) * limit
  if (offset !== undefined && offset !== start) throw refuse(400, 'INVALID_INPUT', 'page and offset disagree')
  return start
}

/** A cursor contains the last post of a page, so that posts created in the meantime do not shift the next page. */
function cursorAfter({ createdAt, id: last }: PostRow): string {
  return Buffer.from(`${createdAt} ${last}`).toString('base64url')
}

function startOf(matches: readonly PostRow[], cursor: string, sort: FeedQuery['sort']): number {
  if (!isChronological(sort)) throw refuse(400, 'INVALID_INPUT', 'A cursor goes with sort=newest only')
  const [, createdAt, last] = /^([\d.]+) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (createdAt === undefined || last === undefined) throw refuse(400, 'INVALID_INPUT', 'Unknown cursor')
  const start = matches.findIndex((post) => newest({ createdAt: Number(createdAt), id: last }, post) < 0)
  return start === -1 ? matches.length : start
}

function isChronological(sort: FeedQuery['sort']): boolean {
  return sort === 'newest' || sort === 'new'
}

/** @param members ids of the colonies that the viewer has joined; absent where the query does not ask for them */
export function matchesAll(
  store: ColonyStore,
  post: PostRow,
  asked: Partial<Omit<FeedQuery, 'sort'>>,
  members?: ReadonlySet<string>,
): boolean {
  const slug = asked.colony ?? asked.colony_name
  const words = (asked.q ?? asked.search)?.toLowerCase()
  const kind = asked.author_type
  return [
    asked.colony_id === undefined || post.colonyId === asked.colony_id,
    slug === undefined || store.colonyOf(post)?.name === slug,
    members === undefined || members.has(post.colonyId ?? '') === asked.member_colonies,
    asked.post_type === undefined || post.type === asked.post_type,
    asked.status === undefined || asked.status === 'open',
    kind === undefined || store.user(post.authorId)?.kind === kind,
    asked.author === undefined || post.authorId === asked.author,
    asked.tag === undefined || (post.tags ?? []).includes(asked.tag),
    words === undefined || `${post.title}\n${post.body}`.toLowerCase().includes(words),
    asked.min_score === undefined || post.score >= asked.min_score,
    asked.max_score === undefined || post.score <= asked.max_score,
    asked.since === undefined || post.createdAt >= asked.since,
    asked.until === undefined || post.createdAt < asked.until,
  ].every(Boolean)
}

/** With an unknown id the result is empty; an unknown name is an error. */
function authorOf(store: ColonyStore, { author_id, author }: FeedQuery): string | undefined {
  const asked = author_id ?? author
  if (asked === undefined) return undefined
  const known = store.userNamed(asked)?.id ?? asId(asked)
  if (known === undefined) throw userNotFound()
  return known
}

type Order = (a: PostRow, b: PostRow) => number
type Dated = Pick<PostRow, 'createdAt' | 'id'>

const newest = (a: Dated, b: Dated): number => b.createdAt - a.createdAt || b.id.localeCompare(a.id)

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
