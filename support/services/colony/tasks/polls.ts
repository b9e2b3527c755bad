import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ServiceAccess } from '../../service'
import type { ColonyClient } from '../client/client'
import type { Post } from '../contract'
import type { ColonyScene } from '../state'
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

export async function askPoll(scene: ColonyScene, who: string, title: string, options: string[]): Promise<void> {
  const made = await writePoll(scene.world.access, await scene.as(who), who, title, options)
  expect(made.post_type, 'the type of the post').to.equal('poll')
  scene.posts.remember(title, made)
}

/** Live all scenarios share one poll, since an account may write few posts. */
export async function havePoll(scene: ColonyScene, who: string, title: string, options: string[]): Promise<void> {
  const { access } = scene.world
  if (!access.isLive) return askPoll(scene, who, title, options)
  scene.posts.remember(title, await access.once<Post>('poll', who))
}

export async function lookAtPoll(scene: ColonyScene, who: string, title: string): Promise<void> {
  scene.poll = await (await scene.as(who)).views.pollResults(scene.posts.recall(title).id)
}

export function expectOptions(scene: ColonyScene, options: string[]): void {
  expect(
    scene.poll?.options.map(({ text }) => text),
    'the options of the poll',
  ).to.include.members(options)
}

export async function choose(scene: ColonyScene, who: string, option: string, title: string): Promise<void> {
  const { views } = await scene.as(who)
  const { id } = scene.posts.recall(title)
  const wanted = (await views.pollResults(id)).options.find(({ text }) => text === option)
  if (!wanted) throw new Error(`The poll "${title}" has no option "${option}".`)
  await scene.world.undo.create('colony.ballot', `ballot in ${id}`, { by: who, data: { post: id } }, async () => {
    scene.poll = await views.voteInPoll(id, [wanted.id])
    return { id }
  })
}

export async function expectChosen(scene: ColonyScene, who: string, option: string, title: string): Promise<void> {
  const { views } = await scene.as(who)
  const { id } = scene.posts.recall(title)
  await eventually(async () => {
    const { options, user_voted, user_option_ids } = await views.pollResults(id)
    const chosen = options.find(({ text }) => text === option)
    expect(user_voted, `${who} has voted`).to.equal(true)
    expect(user_option_ids, `what ${who} has chosen`).to.deep.equal([chosen?.id])
    expect(chosen?.vote_count, `votes for "${option}"`).to.be.at.least(1)
  })
}

export async function tryToLookAtPoll(scene: ColonyScene, who: string, title: string): Promise<void> {
  const { views } = await scene.as(who)
  await scene.world.attempt(() => views.pollResults(scene.posts.recall(title).id))
}

/** Votes on somebody else's poll, which the environment names; a sandbox has Ben ask one. */
export async function voteInGivenPoll(scene: ColonyScene, who: string): Promise<void> {
  const { access, undo } = scene.world
  const { views } = await scene.as(who)
  const given = access.isLive
    ? { id: access.setting('COLONY_TEST_POLL_ID'), option: access.setting('COLONY_TEST_POLL_OPTION_ID') }
    : await asked(scene)
  const { id = '', option = '' } = given
  await undo.create('colony.ballot', `ballot in ${id}`, { by: who, data: { post: id } }, async () => {
    scene.poll = await views.voteInPoll(id, [option])
    return { id }
  })
  expect(scene.poll?.user_option_ids, 'what was chosen').to.deep.equal([option])
}

async function asked(scene: ColonyScene): Promise<{ id: string; option: string }> {
  await askPoll(scene, 'Ben', 'Left or right?', ['Left', 'Right'])
  return { id: scene.posts.recall('Left or right?').id, option: 'option-1' }
}
