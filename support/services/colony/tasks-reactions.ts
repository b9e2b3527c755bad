import { expect } from 'chai'
import type { Reaction } from './contract'
import type { ColonyScene } from './scene'

type Target = { post_id: string } | { comment_id: string }

interface Reacting {
  target: Target
  /** Title or text of what is reacted to, which holds the run id. */
  text: string
  emoji: string
}

/** Adds a reaction where there is none, and removes it where there is one: the service has one call for both. */
async function toggle(scene: ColonyScene, who: string, { target, text, emoji }: Reacting): Promise<Reaction[]> {
  const colony = await scene.as(who)
  scene.reactedWith.add(emoji)
  const [place = ''] = Object.entries(target).map(([kind, id]) => `${kind.replace('_id', '')}:${id}`)
  const creation = { by: who, data: { account: await colony.accountId(), target: place, emoji } }
  const { after } = await scene.world.undo.create('colony.reaction', `${emoji} on "${text}"`, creation, async () => ({
    id: place,
    after: await colony.toggleReaction(target, emoji),
  }))
  scene.reactions = after
  return after
}

/** @returns what stands below the post afterwards */
export function reactToPost(scene: ColonyScene, who: string, title: string, emoji: string): Promise<Reaction[]> {
  const post = scene.posts.recall(title)
  return toggle(scene, who, { target: { post_id: post.id }, text: post.title, emoji: keyOf(emoji) })
}

export function reactToComment(scene: ColonyScene, who: string, text: string, emoji: string): Promise<Reaction[]> {
  const { id, body } = scene.comments.recall(text)
  return toggle(scene, who, { target: { comment_id: id }, text: body, emoji: keyOf(emoji) })
}

/** Of the kinds that this scenario used: live, others of the run may react to the same post at the same time. */
export function expectReactions(scene: ColonyScene, emojis: readonly string[]): void {
  const isOurs = ({ user_reacted, emoji }: Reaction): boolean => user_reacted && scene.reactedWith.has(emoji)
  const own = scene.reactions.filter(isOurs).map(({ emoji }) => emoji)
  expect(own, 'reactions of the person who looks').to.have.members(emojis.map(keyOf))
  for (const { emoji, count } of scene.reactions) expect(count, `how many reacted with ${emoji}`).to.be.at.least(1)
}

/** "thumbs up" is `thumbs_up` to the service. */
function keyOf(words: string): string {
  return words.replaceAll(' ', '_')
}
