import { expect } from 'chai'
import type { Reaction } from '../contract'
import type { ColonyState } from '../state'

type Target = { post_id: string } | { comment_id: string }

/** Puts a reaction where there is none, and takes it off where there is one: the service knows one call for both. */
async function toggle(state: ColonyState, who: string, target: Target, emoji: string): Promise<Reaction[]> {
  const colony = await state.as(who)
  state.reactedWith.add(emoji)
  const [place = ''] = Object.entries(target).map(([kind, id]) => `${kind.replace('_id', '')}:${id}`)
  const by = { by: who, data: { target: place, emoji } }
  const { after } = await state.world.undo.create('colony.reaction', `${emoji} on ${place}`, by, async () => ({
    id: place,
    after: await colony.toggleReaction(target, emoji),
  }))
  state.reactions = after
  return after
}

/** @returns what stands below the post afterwards */
export function reactToPost(state: ColonyState, who: string, title: string, emoji: string): Promise<Reaction[]> {
  return toggle(state, who, { post_id: state.posts.recall(title).id }, keyOf(emoji))
}

export function reactToComment(state: ColonyState, who: string, text: string, emoji: string): Promise<Reaction[]> {
  return toggle(state, who, { comment_id: state.comments.recall(text).id }, keyOf(emoji))
}

/** Of the kinds that this scenario used: live, others of the run may react to the same post at the same time. */
export function expectReactions(state: ColonyState, emojis: readonly string[]): void {
  const isOurs = ({ user_reacted, emoji }: Reaction): boolean => user_reacted && state.reactedWith.has(emoji)
  const own = state.reactions.filter(isOurs).map(({ emoji }) => emoji)
  expect(own, 'reactions of the person who looks').to.have.members(emojis.map(keyOf))
  for (const { emoji, count } of state.reactions) expect(count, `how many reacted with ${emoji}`).to.be.at.least(1)
}

/** "thumbs up" is `thumbs_up` to the service. */
function keyOf(words: string): string {
  return words.replaceAll(' ', '_')
}
