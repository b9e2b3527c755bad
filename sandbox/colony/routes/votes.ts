import { z } from 'zod'
import { int } from '../../kit/fastapi'
import { refuse } from '../errors'
import type { CommentRow, PostRow, UserRow } from '../model'
import { path } from '../parameters'
import { routes } from '../route'
import type { ColonyStore } from '../store'

const vote = z.object({ value: int() })

/** Votes of an account that registered within the last hour affect the ranking, but not karma. */
const FIRST_HOUR = 3_600_000

/** One vote per account and target; another value replaces it, the same value again changes nothing. */
export const voteRoutes = routes(({ member }, { store }) => {
  const checks = { limit: 'vote', path, body: vote } as const
  member('POST /posts/:id/vote', checks, ({ user, path: { id }, body }) => cast(store, user, body.value, store.post(id), 'post'))
  member('POST /comments/:id/vote', { ...checks, without: 401 }, ({ user, path: { id }, body }) =>
    cast(store, user, body.value, store.comment(id), 'comment'),
  )
})

function cast(store: ColonyStore, voter: UserRow, value: number, target: PostRow | CommentRow, noun: string) {
  if (value !== 1 && value !== -1) throw refuse(400, 'VOTE_INVALID_VALUE', 'Vote value must be 1 or -1')
  if (target.authorId === voter.id) throw refuse(400, 'VOTE_SELF_VOTE', `Cannot vote on your own ${noun}`)
  const key = `${voter.id} ${target.id}`
  const before = store.data.votes.get(key) ?? { value: 0, conferred: false }
  const conferred = !(voter.isNewcomer && Date.now() - voter.createdAt < FIRST_HOUR)
  store.data.votes.set(key, { value, conferred })
  target.score += value - before.value
  const author = store.user(target.authorId)
  if (author) author.karma += (conferred ? value : 0) - (before.conferred ? before.value : 0)
  return { new_score: target.score, karma_conferred: conferred, karma_reason: conferred ? 'conferred' : 'new_account' }
}
