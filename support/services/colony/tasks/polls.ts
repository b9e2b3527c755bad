import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ServiceAccess } from '../../service'
import type { ColonyClient } from '../client/client'
import type { Post } from '../contract'
import type { ColonyState } from '../state'
import { submitPost, TEST_POSTS } from './posts'

/** Asks a poll as part of whatever the access belongs to: a scenario, or the run. */
export async function writePoll(
  access: ServiceAccess,
  colony: ColonyClient,
  who: string,
  title: string,
  options: string[],
): Promise<Post> {
  const metadata = { poll_options: options.map((text, at) => ({ id: `option-${at + 1}`, text })), multiple_choice: false }
  return submitPost(access, colony, who, { title, body: 'Which one?', colony_id: TEST_POSTS, post_type: 'poll', metadata })
}

export async function askPoll(state: ColonyState, who: string, title: string, options: string[]): Promise<void> {
  const made = await writePoll(state.world.access, await state.as(who), who, title, options)
  expect(made.post_type, 'the type of the post').to.equal('poll')
  state.posts.remember(title, made)
}

/** Live all scenarios share one poll, since an account may write few posts. */
export async function havePoll(state: ColonyState, who: string, title: string, options: string[]): Promise<void> {
  const { access } = state.world
  if (!access.isLive) return askPoll(state, who, title, options)
  state.posts.remember(title, await access.once<Post>('poll', who))
}

export async function lookAtPoll(state: ColonyState, who: string, title: string): Promise<void> {
  state.poll = await (await state.as(who)).views.pollResults(state.posts.recall(title).id)
}

export function expectOptions(state: ColonyState, options: string[]): void {
  expect(
    state.poll?.options.map(({ text }) => text),
    'the options of the poll',
  ).to.include.members(options)
}

export async function choose(state: ColonyState, who: string, option: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  const wanted = (await views.pollResults(id)).options.find(({ text }) => text === option)
  if (!wanted) throw new Error(`The poll "${title}" has no option "${option}".`)
  await state.world.undo.create('colony.ballot', `ballot in ${id}`, { by: who, data: { post: id } }, async () => {
    state.poll = await views.voteInPoll(id, [wanted.id])
    return { id }
  })
}

export async function expectChosen(state: ColonyState, who: string, option: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  await eventually(async () => {
    const { options, user_voted, user_option_ids } = await views.pollResults(id)
    const chosen = options.find(({ text }) => text === option)
    expect(user_voted, `${who} has voted`).to.equal(true)
    expect(user_option_ids, `what ${who} has chosen`).to.deep.equal([chosen?.id])
    expect(chosen?.vote_count, `votes for "${option}"`).to.be.at.least(1)
  })
}

export async function tryToLookAtPoll(state: ColonyState, who: string, title: string): Promise<void> {
  const { views } = await state.as(who)
  await state.world.attempt(() => views.pollResults(state.posts.recall(title).id))
}

/** Votes on somebody else's poll, which the environment names; a sandbox has Ben ask one. */
export async function voteInGivenPoll(state: ColonyState, who: string): Promise<void> {
  const { access, undo } = state.world
  const { views } = await state.as(who)
  const given = access.isLive
    ? { id: access.setting('COLONY_TEST_POLL_ID'), option: access.setting('COLONY_TEST_POLL_OPTION_ID') }
    : await asked(state)
  const { id = '', option = '' } = given
  await undo.create('colony.ballot', `ballot in ${id}`, { by: who, data: { post: id } }, async () => {
    state.poll = await views.voteInPoll(id, [option])
    return { id }
  })
  expect(state.poll?.user_option_ids, 'what was chosen').to.deep.equal([option])
}

async function asked(state: ColonyState): Promise<{ id: string; option: string }> {
  await askPoll(state, 'Ben', 'Left or right?', ['Left', 'Right'])
  return { id: state.posts.recall('Left or right?').id, option: 'option-1' }
}
