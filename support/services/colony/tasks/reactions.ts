import { expect } from 'chai'
import type { Reaction } from '../contract'
import type { ColonyState } from '../state'

type Target = { post_id: string } | { comment_id: string }

interface Reacting {
  target: Target
  /** Title or text of what is reacted to, which holds the run id. */
  text: string
  emoji: string
}

/** Adds a reaction where there is none, and removes it where there is one: the service has one call for both. */
async function toggle(state: ColonyState, who: string, { target, text, emoji }: Reacting): Promise<Reaction[]> {
  const colony = await state.as(who)
  state.reactedWith.add(emoji)
  const [place = ''] = Object.entries(target).map(([kind, id]) => `${kind.replace('_id', '')}:${id}`)
  const creation = { by: who, data: { account: await colony.accountId(), target: place, emoji } }
  const { after } = await state.world.undo.create('colony.reaction', `${emoji} on "${text}"`, creation, async () => ({
    id: place,
    after: await colony.toggleReaction(target, emoji),
  }))
  state.reactions = after
  return after
}

/** @returns what stands below the post afterwards */
export function reactToPost(state: ColonyState, who: string, title: string, emoji: string): Promise<Reaction[]> {
  const post = state.posts.recall(title)
  return toggle(state, who, { target: { post_id: post.id }, text: post.title, emoji: keyOf(emoji) })
}

export function reactToComment(state: ColonyState, who: string, text: string, emoji: string): Promise<Reaction[]> {
  const { id, body } = state.comments.recall(text)
  return toggle(state, who, { target: { comment_id: id }, text: body, emoji: keyOf(emoji) })
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
