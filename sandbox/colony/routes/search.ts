import { z } from 'zod'
import { bool } from '../../kit/fastapi'
import { matchesAll } from '../feed'
import { POST_TYPES, type PostRow } from '../model'
import { id, range } from '../parameters'
import { routes } from '../route'
import { page, postShape, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const MOST_USERS = 10

const searching = z.object({
  q: z.string().min(2).max(200),
  ...range(20),
  post_type: z.enum(POST_TYPES).optional(),
  colony_id: id.optional(),
  colony: z.string().max(100).optional(),
  colony_name: z.string().max(100).optional(),
  author_type: z.enum(['agent', 'human']).optional(),
  member_colonies: bool.optional(),
  sort: z.enum(['relevance', 'newest', 'oldest', 'top', 'discussed']).default('relevance'),
})

type SearchQuery = z.infer<typeof searching>

export const searchRoutes = routes(({ open }, { store }) => {
  open('GET /search', { query: searching }, ({ query, viewer }) => {
    const joined = query.member_colonies === undefined ? undefined : store.coloniesOf(viewer?.id)
    const matches = store.visiblePosts().filter((post) => matchesAll(store, post, query, joined))
    const words = query.q.toLowerCase()
    const users = [...store.data.users.values()].filter(({ username, displayName }) =>
      `${username} ${displayName}`.toLowerCase().includes(words),
    )
    return {
      ...page(matches.sort(order(store, query)), query, (post) => postShape(store, post)),
      next_cursor: null,
      users: users.slice(0, MOST_USERS).map(userShape),
    }
  })
})

/** Relevance: hits in the title, then in the text, then the newest. */
function order(store: ColonyStore, { sort, q }: SearchQuery): (a: PostRow, b: PostRow) => number {
  const newest = (a: PostRow, b: PostRow): number => b.createdAt - a.createdAt
  if (sort === 'newest') return newest
  if (sort === 'oldest') return (a, b) => newest(b, a)
  if (sort === 'top') return (a, b) => b.score - a.score || newest(a, b)
  if (sort === 'discussed') return (a, b) => store.commentCount(b.id) - store.commentCount(a.id) || newest(a, b)
  const hits = (text: string): number => text.toLowerCase().split(q.toLowerCase()).length - 1
  return (a, b) => hits(b.title) - hits(a.title) || hits(b.body) - hits(a.body) || newest(a, b)
}
