import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ServiceAccess } from '../../service'
import type { ColonyClient } from '../client/client'
import type { PollResults } from '../contract'
import type { ColonyState, WrittenPost } from '../state'
import { TEST_POSTS } from './colonies'
import { submitPost } from './posts'

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
  for (const [at, text] of options.entries()) state.options.set(`${title}: ${text}`, optionId(at))
}

/** The poll and option from the environment; on a sandbox Ben writes one. */
export async function haveForeignPoll(state: ColonyState, title: string, option: string): Promise<void> {
  const { access } = state.world
  if (!access.isLive) return havePoll(state, 'Ben', title, [option, 'Another option'])
  const id = access.setting('COLONY_TEST_POLL_ID') ?? ''
  state.posts.remember(title, { id, title, body: '', colonyId: null, type: 'poll', tags: null, by: '', at: 0 })
  state.options.set(`${title}: ${option}`, access.setting('COLONY_TEST_POLL_OPTION_ID') ?? '')
}

/** Exactly the options of the poll, in their order, with consistent figures. */
export function expectOptions({ poll }: ColonyState, texts: readonly string[]): void {
  const found = poll?.options.map(({ id, text }) => ({ id, text }))
  expect(found, 'the options of the poll').to.deep.equal(texts.map((text, at) => ({ id: optionId(at), text })))
  expect(poll?.is_closed, 'whether the poll is closed').to.equal(false)
  expect(poll?.multiple_choice, 'whether several options may be chosen').to.equal(false)
  if (poll) expectFigures(poll)
}

/** Shares are those of the votes, in percent; each vote of a single-choice poll is for one option. */
function expectFigures({ options, total_votes, multiple_choice }: PollResults): void {
  const votes = options.reduce((total, { vote_count }) => total + vote_count, 0)
  if (!multiple_choice) expect(votes, 'votes for all options').to.equal(total_votes)
  for (const { text, vote_count, percentage } of options)
    expect(percentage, `the share of "${text}"`).to.be.closeTo(total_votes === 0 ? 0 : (100 * vote_count) / total_votes, 1)
}

function chosenId(state: ColonyState, title: string, option: string): string {
  const id = state.options.get(`${title}: ${option}`)
  if (id === undefined) throw new Error(`The poll "${title}" has no option "${option}".`)
  return id
}

export async function vote(state: ColonyState, who: string, option: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  const chosen = chosenId(state, title, option)
  await state.world.undo.create('colony.ballot', `ballot in ${id}`, { by: who, data: { post: id } }, async () => {
    expectVoted(await views.voteInPoll(id, [chosen]), id, chosen)
    return { id }
  })
}

function expectVoted(results: PollResults, postId: string, chosen: string): void {
  if (results.post_id !== undefined) expect(results.post_id, 'the poll of the results').to.equal(postId)
  expect(results.user_voted, 'whether the vote is counted').to.equal(true)
  expect(results.user_option_ids, 'the option voted for').to.deep.equal([chosen])
  expect(results.is_closed, 'whether the poll is closed').to.equal(false)
  const counts = results.options.filter(({ id }) => id === chosen).map(({ vote_count }) => vote_count)
  expect(counts, 'votes for that option').to.have.length(1)
  expect(counts[0], 'votes for that option').to.be.at.least(1)
  expectFigures(results)
}

export async function expectVote(state: ColonyState, who: string, option: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  await eventually(async () => expectVoted(await views.pollResults(id), id, chosenId(state, title, option)))
}
