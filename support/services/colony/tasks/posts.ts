import { expect } from 'chai'
import type { ServiceAccess } from '../../service'
import { leaveRoomToRemove } from '../budgets'
import type { ColonyClient, NewPost } from '../client/client'
import { replayKey } from '../client/idempotency'
import { TEST_POSTS } from '../known-colonies'
import type { ColonyState, WrittenPost } from '../state'
import type { Item, Publishing } from '../words'
import { expectFigures, expectPost, expectTime } from './checks'

/** Code points. */
export const LONGEST_TITLE = 300

/** Writes a discussion for the owner of the access: a scenario, or the run. */
export function writePost(
  access: ServiceAccess,
  colony: ColonyClient,
  who: string,
  title: string,
  fields: Partial<NewPost> = { colony_id: TEST_POSTS },
): Promise<WrittenPost> {
  return submitPost(access, colony, who, {
    title,
    body: `${title}, written by the acceptance suite.`,
    post_type: 'discussion',
    ...fields,
  })
}

interface Submission {
  /** Another kind of the undo table, where the post is not removed. */
  kind?: string
}

/** Submits any post, with a key by which a lost response can be requested again: it cannot be found in public lists, which do not show testers' posts. */
export async function submitPost(
  access: ServiceAccess,
  colony: ColonyClient,
  who: string,
  post: NewPost,
  { kind = 'colony.post' }: Submission = {},
): Promise<WrittenPost> {
  const { title, ...fields } = post
  await leaveRoomToRemove(access, colony, 'post')
  const data = { account: await colony.accountId(), fields: JSON.stringify(fields) }
  const name = access.unique(title, LONGEST_TITLE)
  const at = Date.now()
  const made = await access.undo.create(kind, name, { by: who, data }, () =>
    colony.createPost({ title: name, ...fields }, replayKey(name)),
  )
  const { body, colony_id: colonyId = null, post_type: type = 'discussion', tags = null } = fields
  const written: WrittenPost = { id: made.id, title: name, body, colonyId, type, tags, by: who, at }
  expectPost(made, written, await colony.identity())
  expect([made.score, made.comment_count], 'score and comments of a new post').to.deep.equal([0, 0])
  expectTime(made.updated_at, at, 'the last change of the post')
  return written
}

function fieldsOf({ noColony, withoutColony, tags }: Publishing): Partial<NewPost> {
  if (noColony) return { no_colony: true }
  return { ...(withoutColony ? {} : { colony_id: TEST_POSTS }), ...(tags ? { tags } : {}) }
}

export async function publish(state: ColonyState, who: string, title: string, publishing: Publishing = {}): Promise<void> {
  const { access } = state.world
  const colony = await state.as(who)
  const written =
    access.isLive && state.permanent.has(who)
      ? await writePermanentPost(access, colony, who, title)
      : await writePost(access, colony, who, title, fieldsOf(publishing))
  state.posts.remember(title, written)
}

/** Live, a post left for inspection is never removed; on a sandbox nothing needs to remain. */
function writePermanentPost(access: ServiceAccess, colony: ColonyClient, who: string, title: string): Promise<WrittenPost> {
  const fields = { body: 'Left for inspection by the acceptance suite.', colony_id: TEST_POSTS, post_type: 'discussion' }
  return submitPost(access, colony, who, { title, ...fields }, { kind: 'colony.persisted-post' })
}

export async function tryToPublish(state: ColonyState, who: string, publishing: Publishing): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => writePost(state.world.access, colony, who, 'A post to be refused', fieldsOf(publishing)))
}

/** For scenarios that need any post: live, all of them share the run's, because an account may write only a few. */
export async function havePost(state: ColonyState, who: string, title: string): Promise<void> {
  const { access } = state.world
  if (access.isLive) state.posts.remember(title, await access.once<WrittenPost>('post', who))
  else await publish(state, who, title)
}

/** Nothing that the person writes in this scenario is removed. */
export function leaveEverything(state: ColonyState, who: string): void {
  state.permanent.add(who)
}

/** The post or comment that was read last has the content that was written. */
export async function expectShown(state: ColonyState, item: Item, by: string): Promise<void> {
  if (item.kind !== 'post' || item.name === undefined || !state.post) throw new Error('No such post was read.')
  const written = state.posts.recall(item.name)
  expect(written.by, `who wrote "${item.name}"`).to.equal(by)
  expectPost(state.post, written, await state.identity(by))
  expectFigures(state, state.post)
}
