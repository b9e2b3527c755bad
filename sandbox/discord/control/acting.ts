import { z } from 'zod'
import { controlRoute } from '../../kit/control'
import { Refusal } from '../../kit/refusal'
import { directBetween } from '../acts/directs'
import { edit, post, remove } from '../acts/messages'
import { react, unreact } from '../acts/reactions'
import { tellTyping } from '../acts/tell'
import { startThread } from '../acts/threads'
import type { Discord } from '../context'
import { emojiNamed } from '../emoji'
import { applyPresence } from '../gateway/presence'
import { mentionsOf } from '../mentions'
import type { ChannelRow, MessageRow, UserRow } from '../model'
import { channelShape } from '../shapes/channels'
import { messageShape } from '../shapes/messages'

const MINUTE = 60_000

const route = controlRoute<Discord>()
const id = z.string().min(1)
/** The acting user, and the channel, thread or direct channel. */
const inChannel = { as: id, channel: id }
const onMessage = { ...inChannel, message: id }

/** Actions of people in their own client. Responses contain what was created, as that person sees it. */
export const actingRoutes = [
  route(
    'POST /say',
    'Posts a message as a person, in a channel or directly to someone; `minutesAgo` dates it back.',
    {
      ...{ as: id, channel: id.optional(), to: id.optional(), content: z.string() },
      ...{ replyTo: id.optional(), minutesAgo: z.number().optional() },
    },
    (discord, { as, channel: of = '', to, content, replyTo, minutesAgo }) => {
      const author = userOf(discord, as)
      const channel = to === undefined ? channelOf(discord, of) : directBetween(discord, author.id, to)
      const target = replyTo === undefined ? undefined : messageOf(discord, replyTo)
      const reference = target && { type: 0 as const, channelId: channel.id, guildId: channel.guildId, messageId: target.id }
      const message = post(discord, author, channel, {
        ...{ type: target ? 19 : 0, content, reference: reference ?? null },
        ...mentioned(discord, { content, author, channel }, target),
        ...(minutesAgo === undefined ? {} : { at: discord.store.ids.now() - minutesAgo * MINUTE }),
      })
      return seenBy(discord, message, author)
    },
  ),
  route('POST /edit', 'Edits a message as a person.', { ...onMessage, content: z.string() }, (discord, input) => {
    const { user, channel } = placeOf(discord, input)
    const message = messageOf(discord, input.message)
    const { content } = input
    const mentions = mentioned(discord, { content, author: user, channel })
    edit(discord, channel, message, { content, ...mentions, editedAt: discord.store.ids.now() })
    return seenBy(discord, message, user)
  }),
  route('POST /erase', 'Deletes a message as a person.', onMessage, (discord, input) =>
    remove(discord, placeOf(discord, input).channel, [messageOf(discord, input.message)]),
  ),
  route('POST /react', 'Adds a reaction as a person.', { ...onMessage, emoji: id }, (discord, input) => {
    const { user, channel } = placeOf(discord, input)
    const emoji = emojiNamed(input.emoji, discord.store.guildsOf(user.id))
    react(discord, { channel, message: messageOf(discord, input.message) }, emoji, user.id)
  }),
  route('POST /unreact', 'Removes a reaction as a person.', { ...onMessage, emoji: id }, (discord, input) => {
    const { user, channel } = placeOf(discord, input)
    const emoji = emojiNamed(input.emoji, discord.store.guildsOf(user.id))
    unreact(discord, { channel, message: messageOf(discord, input.message) }, emoji, user.id)
  }),
  route(
    'POST /threads',
    'Starts a public thread as a person, on a message or without one.',
    { ...inChannel, name: id, message: id.optional() },
    (discord, input) => {
      const { user, channel } = placeOf(discord, input)
      const options = { name: input.name, type: 11, autoArchive: 1_440, slowmode: 0, invitable: true }
      const message = input.message === undefined ? {} : { message: messageOf(discord, input.message) }
      return channelShape(discord.store, startThread(discord, user, channel, { ...options, ...message }), user.id)
    },
  ),
  route('POST /direct', 'Opens the direct channel of two people.', { as: id, to: id }, (discord, { as, to }) => {
    const channel = directBetween(discord, userOf(discord, as).id, userOf(discord, to).id)
    return channelShape(discord.store, channel, as)
  }),
  route(
    'POST /presence',
    'Sets the status and the activities of a person.',
    { as: id, status: z.string(), activities: z.array(z.unknown()).optional() },
    (discord, { as, ...presence }) => applyPresence(discord, userOf(discord, as).id, presence),
  ),
  route('POST /typing', 'Shows a person as typing.', inChannel, (discord, input) => {
    const { user, channel } = placeOf(discord, input)
    tellTyping(discord, channel, user.id)
  }),
]

function mentioned({ store }: Discord, said: Parameters<typeof mentionsOf>[1], target?: MessageRow) {
  const { users, roles, everyone } = mentionsOf(store, said, undefined, target)
  return { mentions: users, mentionedRoles: roles, mentionsEveryone: everyone }
}

const seenBy = (discord: Discord, message: MessageRow, { id: viewer }: UserRow) =>
  messageShape(discord, message, { id: viewer, seesContent: true })

/** @throws 404 for what does not exist */
export function existingOf<T>(what: string, name: string, found: T | undefined): T {
  if (found === undefined) throw new Refusal(404, { error: `There is no ${what} ${name}.` })
  return found
}

export const channelOf = ({ store }: Discord, name: string): ChannelRow =>
  existingOf('channel', name, store.data.channels.get(name))
const userOf = ({ store }: Discord, name: string): UserRow => existingOf('user', name, store.data.users.get(name))
const messageOf = ({ store }: Discord, name: string): MessageRow => existingOf('message', name, store.data.messages.get(name))

function placeOf(discord: Discord, { as, channel }: { as: string; channel: string }): { user: UserRow; channel: ChannelRow } {
  return { user: userOf(discord, as), channel: channelOf(discord, channel) }
}
