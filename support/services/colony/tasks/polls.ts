import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ServiceAccess } from '../../service'
import type { ColonyClient } from '../client/client'
import type { PollResults } from '../contract'
import { TEST_POSTS } from '../known-colonies'
import type { ColonyState, WrittenPost } from '../state'
import { submitPost } from './posts'

/** Shares may be rounded to whole percent. */
const ROUNDING = 0.5

const optionId = (at: number): string => `option-${at + 1}`

/** Writes a poll for the owner of the access: a scenario, or the run. */
export function writePoll(
  access: ServiceAccess,
  colony: ColonyClient,
  who: string,
  title: string,
  options: readonly string[],
): Promise<WrittenPost> {
  const metadata = { poll_options: options.map((text, at) => ({ id: optionId(at), text })), multiple_choice: false }
  return submitPost(access, colony, who, { title, body: 'Which one?', colony_id: TEST_POSTS, post_type: 'poll', metadata })
}

/** Live, all scenarios share one poll, because an account may write only a few posts. */
export async function havePoll(state: ColonyState, who: string, title: string, options: readonly string[]): Promise<void> {
  const { access } = state.world
  const written = access.isLive
    ? await access.once<WrittenPost>('poll', who)
    : await writePoll(access, await state.as(who), who, title, options)
  state.posts.remember(title, written)
  state.options.set(
    title,
    options.map((text, at) => ({ id: optionId(at), text })),
  )
}

/** The poll and option from the environment; on a sandbox Ben writes one. */
export async function haveForeignPoll(state: ColonyState, title: string, option: string): Promise<void> {
  const { access } = state.world
  if (!access.isLive) return havePoll(state, 'Ben', title, [option, 'Another option'])
  const id = access.setting('COLONY_TEST_POLL_ID') ?? ''
  state.posts.remember(title, { id, title, body: '', colonyId: null, type: 'poll', tags: null, by: '', at: 0 })
  state.options.set(title, [{ id: access.setting('COLONY_TEST_POLL_OPTION_ID') ?? '', text: option }])
}

/** Exactly the options the poll was given, in their order, with figures that fit each other. */
export function expectOptions({ poll, world }: ColonyState, texts: readonly string[]): void {
  const found = poll?.options.map(({ id, text }) => ({ id, text }))
  expect(found, 'the options of the poll').to.deep.equal(texts.map((text, at) => ({ id: optionId(at), text })))
  expect(poll?.is_closed, 'whether the poll is closed').to.equal(false)
  expect(poll?.multiple_choice, 'whether several options may be chosen').to.equal(false)
  if (poll) expectFigures(poll)
  if (!world.access.isLive) expect([poll?.total_votes, poll?.user_voted], 'votes in a new poll').to.deep.equal([0, false])
}

/** Shares are those of the votes, in percent; each vote of a single-choice poll is for one option. */
function expectFigures({ options, total_votes, multiple_choice }: PollResults): void {
  const votes = options.reduce((total, { vote_count }) => total + vote_count, 0)
  if (!multiple_choice) expect(votes, 'votes for all options').to.equal(total_votes)
  for (const { text, vote_count, percentage } of options)
    expect(percentage, `the share of "${text}"`).to.be.closeTo(total_votes === 0 ? 0 : (100 * vote_count) / total_votes, ROUNDING)
}

function chosenId(state: ColonyState, title: string, option: string): string {
  const id = state.options.get(title)?.find(({ text }) => text === option)?.id
  if (id === undefined) throw new Error(`The poll "${title}" has no option "${option}".`)
  return id
}

export async function vote(state: ColonyState, who: string, option: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  const chosen = chosenId(state, title, option)
  await state.world.undo.create('colony.ballot', `ballot in ${id}`, { by: who, data: { post: id } }, async () => {
    expectVoted(state, await views.voteInPoll(id, [chosen]), { title, chosen })
    return { id }
  })
}

/** The options of another agent's poll are its own. */
function expectVoted(state: ColonyState, results: PollResults, { title, chosen }: { title: string; chosen: string }): void {
  const { id: postId, by } = state.posts.recall(title)
  if (results.post_id !== undefined) expect(results.post_id, 'the poll of the results').to.equal(postId)
  if (by !== '') {
    const options = results.options.map(({ id, text }) => ({ id, text }))
    expect(options, 'the options of the poll').to.deep.equal(state.options.get(title))
    expect(results.multiple_choice, 'whether several options may be chosen').to.equal(false)
  }
  expect(results.user_voted, 'whether the vote is counted').to.equal(true)
  expect(results.user_option_ids, 'the option voted for').to.deep.equal([chosen])
  expect(results.is_closed, 'whether the poll is closed').to.equal(false)
  const counts = results.options.filter(({ id }) => id === chosen).map(({ vote_count }) => vote_count)
  expect(counts, 'votes for that option').to.have.length(1)
  expect(counts[0], 'votes for that option').to.be.at.least(1)
  if (!state.world.access.isLive) expect(results.total_votes, 'votes of this scenario').to.equal(1)
  expectFigures(results)
}

export async function expectVote(state: ColonyState, who: string, option: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  const chosen = chosenId(state, title, option)
  await eventually(async () => expectVoted(state, await views.pollResults(id), { title, chosen }))
}
