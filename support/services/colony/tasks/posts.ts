import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ServiceAccess } from '../../service'
import { leaveRoomToRemove } from '../budgets'
import { type ColonyClient, type NewPost, replayKey } from '../client/client'
import type { Post } from '../contract'
import type { ColonyState } from '../state'

/** The colony all tests write to, and the one whose posts everybody can read. */
export const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'
/** An id nothing has. */
export const NOBODYS = '00000000-0000-0000-0000-000000000000'
const LONGEST_TITLE = 300

/** Writes a post as part of whatever the access belongs to: a scenario, or the run. */
export async function writePost(access: ServiceAccess, colony: ColonyClient, who: string, title: string): Promise<Post> {
  const body = `${title}, written by the acceptance suite.`
  return submitPost(access, colony, who, { title, body, colony_id: TEST_POSTS, post_type: 'discussion' })
}

/** Submits any post, under a key by which a lost answer can be asked for again: the public lists do not show testers' posts. */
export async function submitPost(access: ServiceAccess, colony: ColonyClient, who: string, post: NewPost): Promise<Post> {
  const { title, ...fields } = post
  await leaveRoomToRemove(access, colony, 'post')
  const data = { account: await colony.accountId(), fields: JSON.stringify(fields) }
  return access.undo.create('colony.post', access.unique(title, LONGEST_TITLE), { by: who, data }, (name) =>
    colony.createPost({ title: name, ...fields }, replayKey(name)),
  )
}

export async function publish(state: ColonyState, who: string, title: string): Promise<Post> {
  return state.posts.remember(title, await writePost(state.world.access, await state.as(who), who, title))
}

/** For scenarios that need just a post: live, all of them share the run's, since an account may write few. */
export async function havePost(state: ColonyState, who: string, title: string): Promise<Post> {
  const { access } = state.world
  if (!access.isLive) return publish(state, who, title)
  return state.posts.remember(title, await access.once<Post>('post', who))
}

export async function expectReadable(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  const written = state.posts.recall(title)
  await eventually(async () => {
    const read = await colony.post(written.id)
    expect(read.id, 'the id').to.equal(written.id)
    expect(read.title, 'the title').to.equal(written.title)
    expect(read.body, 'the body').to.equal(written.body)
    expect(read.colony_id, 'the colony it stands in').to.equal(TEST_POSTS)
    expect(read.author.username, 'the author').to.equal(written.author.username)
  })
}

/** The writer rewrites the post; from here on it is known by its new title. */
export async function rewrite(state: ColonyState, who: string, title: string, newTitle: string): Promise<void> {
  const colony = await state.as(who)
  const before = state.posts.recall(title)
  const changes = { title: state.world.access.unique(newTitle, LONGEST_TITLE), body: `${newTitle}, rewritten.` }
  const after = await colony.updatePost(before.id, changes)
  expect(after, 'the answer to the change').to.include({ id: before.id, ...changes })
  state.posts.remember(newTitle, after)
}

export async function takeDown(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  await colony.deletePost(state.posts.recall(title).id)
}

export async function tryToRead(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.post(state.posts.recall(title).id))
}

/** The sandbox makes a post look older than it is. @param minutes how much older */
export async function letTimePass(state: ColonyState, title: string, minutes: number): Promise<void> {
  const { undo, access } = state.world
  const post = state.posts.recall(title)
  const { id, author } = post
  const creation = { by: author.display_name, data: { account: author.id, minutes: String(minutes) } }
  await undo.create('colony.age', `${minutes} minutes on "${post.title}"`, creation, async () => {
    await access.control?.post(`/age/${id}`, { minutes })
    return { id }
  })
}

export async function tryToRewrite(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.updatePost(state.posts.recall(title).id, { title: 'Not mine to change' }))
}

export async function tryToTakeDown(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.deletePost(state.posts.recall(title).id))
}

export async function tryToReadNobodys(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.post(NOBODYS))
}

export async function tryToTakeDownNobodys(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.deletePost(NOBODYS))
}
