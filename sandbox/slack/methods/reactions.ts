import { checkedTs, conversation, isTombstone } from '../access'
import { type Call, type Methods, method } from '../context'
import { canonicalName } from '../emoji'
import { refused } from '../errors'
import type { ChannelRow, MessageRow, Reaction } from '../model'
import { messageShape } from '../shapes'
import { permalinkOf } from './chat'

/** Limits of one person's reactions on one message, and of different reactions on one message. */
const MOST_OWN = 23
const MOST_DIFFERENT = 50

export const reactionMethods: Methods = {
  'reactions.add': method({ tier: 'T3', scopes: ['reactions:write'], writes: true }, (call) => {
    const name = emojiOf(call)
    const { channel, message } = item(call)
    requireOpen(call, channel, message)
    const me = call.caller.user.id
    const known = find(message, name)
    if (known?.users.includes(me)) throw refused('already_reacted')
    if (message.reactions.filter(({ users }) => users.includes(me)).length >= MOST_OWN) throw refused('too_many_reactions')
    if (!known && message.reactions.length >= MOST_DIFFERENT) throw refused('too_many_emoji')
    call.slack.events.reacted('reaction_added', channel, message, { user: me, name: react(message, me, name) ?? name })
    return {}
  }),
  'reactions.remove': method({ tier: 'T2', scopes: ['reactions:write'], writes: true }, (call) => {
    const name = emojiOf(call)
    if (call.args.has('file'))
      throw refused(call.store.file(call.caller.team.id, call.args.need('file')) ? 'no_reaction' : 'file_not_found')
    const { channel, message } = item(call)
    requireOpen(call, channel, message)
    const me = call.caller.user.id
    const known = find(message, name)
    if (!known?.users.includes(me)) throw refused('no_reaction')
    known.users = known.users.filter((id) => id !== me)
    message.reactions = message.reactions.filter(({ users }) => users.length > 0)
    call.slack.events.reacted('reaction_removed', channel, message, { user: me, name: known.name })
    return {}
  }),
  'reactions.get': method({ tier: 'T3', scopes: ['reactions:read'] }, (call) => {
    const { channel, message } = item(call)
    const shape = messageShape(call.store, message)
    const permalink = permalinkOf(call.caller.team.domain, message)
    return { type: 'message', channel: channel.id, message: { ...shape, permalink } }
  }),
}

/** Two names of one emoji are one reaction. @returns the name it has there; undefined where that person had already reacted with it */
export function react(message: MessageRow, user: string, name: string): string | undefined {
  const known = find(message, name)
  if (known?.users.includes(user)) return undefined
  if (known) known.users.push(user)
  else message.reactions.push({ name, users: [user] })
  return known?.name ?? name
}

function emojiOf({ store, caller, args }: Call): string {
  const name = args.need('name')
  if (canonicalName(name, store.data.emoji.get(caller.team.id)) === undefined) throw refused('invalid_name')
  return name
}

function find(message: MessageRow, name: string): Reaction | undefined {
  const wanted = canonicalName(name) ?? name
  return message.reactions.find((reaction) => (canonicalName(reaction.name) ?? reaction.name) === wanted)
}

function item(call: Call): { channel: ChannelRow; message: MessageRow } {
  const { args, store } = call
  if (!args.has('channel') || !args.has('timestamp')) throw refused('no_item_specified')
  const ts = checkedTs(args.need('timestamp'), 'bad_timestamp')
  const channel = conversation(call)
  const message = store.message(channel.id, ts)
  if (!message) throw refused('message_not_found')
  return { channel, message }
}

function requireOpen({ caller }: Call, channel: ChannelRow, message: MessageRow): void {
  if (!channel.members.includes(caller.user.id)) throw refused('no_access')
  if (channel.archived) throw refused('is_archived')
  if (message.locked) throw refused('thread_locked')
  if (isTombstone(message)) throw refused('not_reactable')
}
