import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { everyPage } from '../pages'
import type { ColonyScene } from '../state'

/** The two votes there are, by the words of a feature. */
export const VOTES: Readonly<Record<string, number>> = { up: 1, down: -1 }

export async function voteOnPost(scene: ColonyScene, who: string, title: string, value: number): Promise<void> {
  const colony = await scene.as(who)
  const post = await colony.post(scene.posts.recall(title).id)
  scene.scores.remember(title, scene.scores.has(title) ? scene.scores.recall(title) : post.score)
  await scene.world.undo.create('colony.vote', `vote on ${post.id}`, { by: who, data: { post: post.id } }, async () => {
    await colony.voteOnPost(post.id, value)
    return { id: post.id }
  })
}

export async function tryToVote(scene: ColonyScene, who: string, title: string, value: number): Promise<void> {
  const colony = await scene.as(who)
  await scene.world.attempt(() => colony.voteOnPost(scene.posts.recall(title).id, value))
}

export async function voteOnComment(scene: ColonyScene, who: string, text: string, value: number): Promise<void> {
  const colony = await scene.as(who)
  const { id, score } = scene.comments.recall(text)
  scene.scores.remember(text, score)
  await scene.world.undo.create('colony.vote', `vote on ${id}`, { by: who, data: { comment: id } }, async () => {
    await colony.voteOnComment(id, value)
    return { id }
  })
}

/** How far the score has moved since the scenario's first vote, give or take what the same person had voted before. */
export async function expectPostMoved(scene: ColonyScene, who: string, title: string, by: number): Promise<void> {
  const colony = await scene.as(who)
  const post = scene.posts.recall(title)
  const before = scene.scores.recall(title)
  await eventually(async () => expect((await colony.post(post.id)).score, `the score of "${title}"`).to.equal(before + by))
}

export async function expectCommentScore(scene: ColonyScene, who: string, text: string, by: number): Promise<void> {
  const colony = await scene.as(who)
  const { id, post_id } = scene.comments.recall(text)
  const before = scene.scores.recall(text)
  await eventually(async () => {
    const all = await everyPage((page) => colony.comments(post_id, { page }))
    const found = all.find((comment) => comment.id === id)
    expect(found?.score, `the score of "${text}"`).to.equal(before + by)
  })
}
