import { expect } from 'chai'
import { ColonyClient, register } from '../client/client'
import { keep, makeReadyFor } from '../rotated'
import type { ColonyState } from '../state'
import { TEST_POSTS, writePost } from './posts'

export async function registerNewcomer(state: ColonyState, who: string): Promise<void> {
  const { undo, access } = state.world
  const username = `sdk-it-${access.unique('', 24).replaceAll(/[^a-z0-9-]/g, '')}`
  await undo.create('colony.account', username, { by: who }, async (name) => {
    const apiKey = await register(access, {
      username: name,
      display_name: who,
      bio: 'Made by the acceptance suite.',
      capabilities: {},
    })
    access.learn(apiKey)
    state.become(who, apiKey)
    return { id: name }
  })
  state.messages.remember('the chosen username', username)
}

export async function expectChosenUsername(state: ColonyState, who: string): Promise<void> {
  const { username } = await (await state.as(who)).me()
  expect(username, 'the username').to.equal(state.messages.recall('the chosen username'))
}

/** Live, the new key is on disk before anything else happens to it; where that cannot be, nothing is rotated. */
export async function rotateKey(state: ColonyState, who: string): Promise<void> {
  const { undo, access } = state.world
  const colony = await state.as(who)
  if (access.isLive) makeReadyFor()
  await undo.create('colony.key', `key of ${who}`, { by: who }, async () => {
    state.newKey = await colony.rotateKey()
    if (access.isLive) keep(state.newKey)
    access.learn(state.newKey)
    return { id: who }
  })
}

export async function expectNewKeyWorks(state: ColonyState, who: string): Promise<void> {
  const before = await (await state.as(who)).me()
  expect(state.newKey, 'the new key').to.match(/^col_/)
  const renewed = ColonyClient.withKey(state.world.access, { name: `${who}, with the new key`, apiKey: state.newKey })
  expect((await renewed.me()).id, 'whom the new key lets in').to.equal(before.id)
}

/** The old key no longer buys a token; the token in hand stays good. */
export async function expectOldKeyDead(state: ColonyState, who: string): Promise<void> {
  const { apiKey = '' } = await state.world.access.people.person(who)
  const old = ColonyClient.withKey(state.world.access, { name: `${who}, with the old key`, apiKey })
  await state.world.attempt(() => old.me())
  const refusal = state.world.takeRefusal()
  expect(refusal && [refusal.status, refusal.code], 'how the old key is refused').to.deep.equal([401, 'AUTH_INVALID_KEY'])
}

export async function leavePost(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  const { undo, access } = state.world
  if (!access.isLive) {
    state.posts.remember(title, await writePost(access, colony, who, title))
    return
  }
  const fields = { body: 'Left in place by the acceptance suite.', colony_id: TEST_POSTS, post_type: 'discussion' }
  const made = await undo.create('colony.persisted-post', access.unique(title, 300), { by: who }, (name) =>
    colony.createPost({ ...fields, title: name }),
  )
  state.posts.remember(title, made)
}

export async function leaveComment(state: ColonyState, who: string, text: string, title: string): Promise<void> {
  const colony = await state.as(who)
  const { undo, access } = state.world
  const { id } = state.posts.recall(title)
  const kind = access.isLive ? 'colony.persisted-comment' : 'colony.comment'
  const data = { account: await colony.accountId(), post: id }
  const made = await undo.create(kind, access.unique(text), { by: who, data }, (body) => colony.createComment(id, body))
  expect(made.post_id, 'the post it stands below').to.equal(id)
  state.comments.remember(text, made)
}
