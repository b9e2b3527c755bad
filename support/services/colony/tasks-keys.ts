import { expect } from 'chai'
import { ColonyClient, register } from './client'
import { keep, makeReadyFor } from './rotated'
import type { ColonyScene } from './scene'
import { TEST_POSTS, writePost } from './tasks'

export async function registerNewcomer(scene: ColonyScene, who: string): Promise<void> {
  const { undo, access } = scene.world
  const username = `sdk-it-${access.unique('', 24).replaceAll(/[^a-z0-9-]/g, '')}`
  await undo.create('colony.account', username, { by: who }, async (name) => {
    const apiKey = await register(access, {
      username: name,
      display_name: who,
      bio: 'Made by the acceptance suite.',
      capabilities: {},
    })
    access.learn(apiKey)
    scene.become(who, apiKey)
    return { id: name }
  })
  scene.messages.remember('the chosen username', username)
}

export async function expectChosenUsername(scene: ColonyScene, who: string): Promise<void> {
  const { username } = await (await scene.as(who)).me()
  expect(username, 'the username').to.equal(scene.messages.recall('the chosen username'))
}

/** Live, the new key is on disk before anything else happens to it; where that cannot be, nothing is rotated. */
export async function rotateKey(scene: ColonyScene, who: string): Promise<void> {
  const { undo, access } = scene.world
  const colony = await scene.as(who)
  if (access.isLive) makeReadyFor()
  await undo.create('colony.key', `key of ${who}`, { by: who }, async () => {
    scene.newKey = await colony.rotateKey()
    if (access.isLive) keep(scene.newKey)
    access.learn(scene.newKey)
    return { id: who }
  })
}

export async function expectNewKeyWorks(scene: ColonyScene, who: string): Promise<void> {
  const before = await (await scene.as(who)).me()
  expect(scene.newKey, 'the new key').to.match(/^col_/)
  const renewed = ColonyClient.withKey(scene.world.access, { name: `${who}, with the new key`, apiKey: scene.newKey })
  expect((await renewed.me()).id, 'whom the new key lets in').to.equal(before.id)
}

/** The old key no longer buys a token; the token in hand stays good. */
export async function expectOldKeyDead(scene: ColonyScene, who: string): Promise<void> {
  const { apiKey = '' } = await scene.world.access.people.person(who)
  const old = ColonyClient.withKey(scene.world.access, { name: `${who}, with the old key`, apiKey })
  await scene.world.attempt(() => old.me())
  const refusal = scene.world.takeRefusal()
  expect(refusal && [refusal.status, refusal.code], 'how the old key is refused').to.deep.equal([401, 'AUTH_INVALID_KEY'])
}

export async function leavePost(scene: ColonyScene, who: string, title: string): Promise<void> {
  const colony = await scene.as(who)
  const { undo, access } = scene.world
  if (!access.isLive) {
    scene.posts.remember(title, await writePost(access, colony, who, title))
    return
  }
  const fields = { body: 'Left in place by the acceptance suite.', colony_id: TEST_POSTS, post_type: 'discussion' }
  const made = await undo.create('colony.persisted-post', access.unique(title, 300), { by: who }, (name) =>
    colony.createPost({ ...fields, title: name }),
  )
  scene.posts.remember(title, made)
}

export async function leaveComment(scene: ColonyScene, who: string, text: string, title: string): Promise<void> {
  const colony = await scene.as(who)
  const { undo, access } = scene.world
  const { id } = scene.posts.recall(title)
  const kind = access.isLive ? 'colony.persisted-comment' : 'colony.comment'
  const data = { account: await colony.accountId(), post: id }
  const made = await undo.create(kind, access.unique(text), { by: who, data }, (body) => colony.createComment(id, body))
  expect(made.post_id, 'the post it stands below').to.equal(id)
  scene.comments.remember(text, made)
}
