import type { Discord } from '../context'
import { sameEmoji } from '../emoji'
import { refuse } from '../errors'
import type { Emoji, MessageRow } from '../model'
import { emojiShape } from '../shapes/messages'
import { memberField } from '../shapes/users'
import { type Target, tellReaction } from './tell'

const MOST_REACTIONS = 20

export const reactionOn = ({ reactions }: MessageRow, emoji: Emoji) => reactions.find((row) => sameEmoji(row.emoji, emoji))

/** Once per person and emoji; a second time changes nothing. @throws 400/30010 for the twenty-first emoji, 403/90001 */
export function react(discord: Discord, target: Target, emoji: Emoji, userId: string): void {
  const { store } = discord
  const { channel, message } = target
  if (store.user(message.authorId).blocked.includes(userId)) throw refuse('blocked')
  const known = reactionOn(message, emoji)
  if (known?.users.includes(userId)) return
  if (!known && message.reactions.length >= MOST_REACTIONS) throw refuse('tooManyReactions')
  if (known) known.users.push(userId)
  else message.reactions.push({ emoji, users: [userId] })
  tellReaction(discord, 'ADD', target, {
    user_id: userId,
    ...memberField(store, store.guildOf(channel), userId),
    emoji: emojiShape(known?.emoji ?? emoji),
    message_author_id: message.authorId,
    burst: false,
    burst_colors: [],
    type: 0,
  })
}

/** Does nothing where there is no such reaction. */
export function unreact(discord: Discord, target: Target, emoji: Emoji, userId: string): void {
  const { message } = target
  const known = reactionOn(message, emoji)
  if (!known?.users.includes(userId)) return
  known.users = known.users.filter((id) => id !== userId)
  message.reactions = message.reactions.filter(({ users }) => users.length > 0)
  const facts = { user_id: userId, emoji: emojiShape(known.emoji), burst: false, type: 0 }
  tellReaction(discord, 'REMOVE', target, facts)
}

/** @param emoji all of them unless given */
export function clearReactions(discord: Discord, target: Target, emoji?: Emoji): void {
  const { message } = target
  message.reactions = message.reactions.filter((row) => emoji && !sameEmoji(row.emoji, emoji))
  if (emoji) tellReaction(discord, 'REMOVE_EMOJI', target, { emoji: emojiShape(emoji) })
  else tellReaction(discord, 'REMOVE_ALL', target, {})
}
