import { expect } from 'chai'
import { eventually } from '../../core/eventually'
import type { Post } from './contract'
import type { ColonyScene } from './scene'

/** The colony all tests write to. */
export const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'

export async function publish(scene: ColonyScene, who: string, title: string): Promise<Post> {
  const colony = await scene.as(who)
  const { undo, access } = scene.world
  const made = await undo.create('colony.post', access.unique(title, 300), { by: who }, (name) =>
    colony.createPost({
      title: name,
      body: `${title}, written by the acceptance suite.`,
      colony_id: TEST_POSTS,
      post_type: 'discussion',
    }),
  )
  return scene.posts.remember(title, made)
}

export async function expectReadable(scene: ColonyScene, who: string, title: string): Promise<void> {
  const colony = await scene.as(who)
  const written = scene.posts.recall(title)
  await eventually(async () => {
    const read = await colony.post(written.id)
    expect(read.title, 'the title').to.equal(written.title)
    expect(read.body, 'the body').to.equal(written.body)
    expect(read.colony_id, 'the colony it stands in').to.equal(TEST_POSTS)
  })
}
