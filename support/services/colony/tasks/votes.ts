import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { everyPage } from '../pages'
import type { ColonyState } from '../state'

/** The two votes there are, by the words of a feature. */
export const VOTES: Readonly<Record<string, number>> = { up: 1, down: -1 }

export async function voteOnPost(state: ColonyState, who: string, title: string, value: number): Promise<void> {
  const colony = await state.as(who)
  const post = await colony.post(state.posts.recall(title).id)
  state.scores.remember(title, state.scores.has(title) ? state.scores.recall(title) : post.score)
  await state.world.undo.create('colony.vote', `vote on ${post.id}`, { by: who, data: { post: post.id } }, async () => {
    await colony.voteOnPost(post.id, value)
    return { id: post.id }
  })
}

export async function tryToVote(state: ColonyState, who: string, title: string, value: number): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.voteOnPost(state.posts.recall(title).id, value))
}

export async function voteOnComment(state: ColonyState, who: string, text: string, value: number): Promise<void> {
  const colony = await state.as(who)
  const { id, score } = state.comments.recall(text)
  state.scores.remember(text, score)
  await state.world.undo.create('colony.vote', `vote on ${id}`, { by: who, data: { comment: id } }, async () => {
    await colony.voteOnComment(id, value)
    return { id }
  })
}

/** How far the score has moved since the scenario's first vote, give or take what the same person had voted before. */
export async function expectPostMoved(state: ColonyState, who: string, title: string, by: number): Promise<void> {
  const colony = await state.as(who)
  const post = state.posts.recall(title)
  const before = state.scores.recall(title)
  await eventually(async () => expect((await colony.post(post.id)).score, `the score of "${title}"`).to.equal(before + by))
}

export async function expectCommentScore(state: ColonyState, who: string, text: string, by: number): Promise<void> {
  const colony = await state.as(who)
  const { id, post_id } = state.comments.recall(text)
  const before = state.scores.recall(text)
  await eventually(async () => {
    const all = await everyPage((page) => colony.comments(post_id, { page }))
    const found = all.find((comment) => comment.id === id)
    expect(found?.score, `the score of "${text}"`).to.equal(before + by)
  })
}
