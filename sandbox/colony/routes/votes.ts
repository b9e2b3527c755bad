import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import type { UserRow } from '../model'
import { path } from '../parameters'
import type { ColonyStore } from '../store'

const vote = z.object({ value: int() })

/** Votes of an account that registered within the last hour affect the ranking, but not karma. */
const FIRST_HOUR = 3_600_000

interface Target {
  id: string
  authorId: string
  score: number
}

/** One vote per account and target; another value replaces it, the same value again changes nothing. */
export const voteRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.post('/posts/:id/vote', async (request) => {
    const voter = caller(colony, request, 'vote')
    const { id } = checked(path, request.params, 'path')
    return cast(store, voter, checked(vote, request.body, 'body').value, () => store.post(id), 'post')
  })
  app.post('/comments/:id/vote', async (request) => {
    const voter = caller(colony, request, 'vote', 401)
    const { id } = checked(path, request.params, 'path')
    return cast(store, voter, checked(vote, request.body, 'body').value, () => store.comment(id), 'comment')
  })
}

function cast(store: ColonyStore, voter: UserRow, value: number, find: () => Target, noun: string) {
  const target = find()
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
