import { z } from 'zod'
import { notFound, refuse } from '../errors'
import type { PostRow } from '../model'
import { instantOf, path } from '../parameters'
import { routes } from '../route'
import type { ColonyStore } from '../store'

const ballot = z.strictObject({ option_ids: z.array(z.string()).min(1) })

interface Option {
  id: string
  text: string
}

export const pollRoutes = routes(({ member, open }, { store }) => {
  open('GET /polls/:id/results', { path }, ({ path: { id }, viewer }) => results(store, pollOf(store, id), viewer?.id))
  member('POST /polls/:id/vote', { path, body: ballot }, ({ user, path: { id }, body: { option_ids } }) => {
    const poll = pollOf(store, id)
    const known = optionsOf(poll).map((option) => option.id)
    const chosen = [...new Set(option_ids)]
    if (isClosed(poll)) throw refuse(400, 'INVALID_INPUT', 'This poll is closed')
    if (!chosen.every((option) => known.includes(option))) throw refuse(400, 'INVALID_INPUT', 'Unknown poll option')
    if (chosen.length > 1 && !poll.metadata?.multiple_choice)
      throw refuse(400, 'INVALID_INPUT', 'This poll takes one option only')
    store.data.ballots.set(`${user.id} ${poll.id}`, chosen)
    return results(store, poll, user.id)
  })
})

function pollOf(store: ColonyStore, id: string): PostRow {
  const post = store.post(id)
  if (post.type !== 'poll') throw notFound('Poll')
  return post
}

/** Options as given; options without an id get their position in the list as id. */
function optionsOf({ metadata }: PostRow): Option[] {
  const given = Array.isArray(metadata?.poll_options) ? metadata.poll_options : []
  return given.map((option: unknown, at) => {
    const { id, text } = (typeof option === 'object' && option !== null ? option : { text: option }) as {
      id?: unknown
      text?: unknown
    }
    return { id: String(id ?? at + 1), text: String(text ?? '') }
  })
}

function isClosed({ metadata }: PostRow): boolean {
  return typeof metadata?.closes_at === 'string' && instantOf(metadata.closes_at) <= Date.now()
}

function results(store: ColonyStore, poll: PostRow, viewer: string | undefined) {
  const ballots = [...store.data.ballots].filter(([key]) => key.endsWith(` ${poll.id}`))
  const own = store.data.ballots.get(`${viewer} ${poll.id}`) ?? []
  const share = (count: number): number => (ballots.length === 0 ? 0 : Math.round((1_000 * count) / ballots.length) / 10)
  return {
    post_id: poll.id,
    total_votes: ballots.length,
    user_voted: own.length > 0,
    user_option_ids: own,
    options: optionsOf(poll).map(({ id, text }) => {
      const count = ballots.filter(([, chosen]) => chosen.includes(id)).length
      return { id, text, vote_count: count, percentage: share(count) }
    }),
    is_closed: isClosed(poll),
    multiple_choice: poll.metadata?.multiple_choice === true,
    show_results_before_voting: poll.metadata?.show_results_before_voting !== false,
    closing_soon: false,
  }
}
