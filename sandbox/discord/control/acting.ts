import { z } from 'zod'
import { controlRoute, existingOf } from '../../kit/control'
import { edit, post, referenceTo, remove } from '../acts/messages'
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
      const channel = to === undefined ? channelOf(discord, of) : discord.store.direct(author.id, to)
      const target = replyTo === undefined ? undefined : messageOf(discord, replyTo)
      const message = post(discord, author, channel, {
        ...{ type: target ? 19 : 0, content, reference: target ? referenceTo(channel, target.id) : null },
        ...mentionsOf(discord.store, { content, author, channel }, undefined, target),
        ...(minutesAgo === undefined ? {} : { at: discord.store.ids.now() - minutesAgo * MINUTE }),
      })
      return seenBy(discord, message, author)
    },
  ),
  route('POST /edit', 'Edits a message as a person.', { ...onMessage, content: z.string() }, (discord, { content, ...input }) => {
    const { user: author, channel, message } = targetOf(discord, input)
    const mentions = mentionsOf(discord.store, { content, author, channel }, undefined)
    edit(discord, channel, message, { content, ...mentions, editedAt: discord.store.ids.now() })
    return seenBy(discord, message, author)
  }),
  route('POST /erase', 'Deletes a message as a person.', onMessage, (discord, input) => {
    const { channel, message } = targetOf(discord, input)
    remove(discord, channel, [message])
  }),
  route('POST /react', 'Adds a reaction as a person.', { ...onMessage, emoji: id }, (discord, { emoji, ...input }) => {
    const target = targetOf(discord, input)
    react(discord, target, emojiNamed(emoji, discord.store.guildsOf(input.as)), input.as)
  }),
  route('POST /unreact', 'Removes a reaction as a person.', { ...onMessage, emoji: id }, (discord, { emoji, ...input }) => {
    const target = targetOf(discord, input)
    unreact(discord, target, emojiNamed(emoji, discord.store.guildsOf(input.as)), input.as)
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
    const channel = discord.store.direct(userOf(discord, as).id, userOf(discord, to).id)
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

const seenBy = (discord: Discord, message: MessageRow, { id: viewer }: UserRow) =>
  messageShape(discord, message, { id: viewer, seesContent: true })

export const channelOf = ({ store }: Discord, name: string): ChannelRow =>
  existingOf('channel', name, store.data.channels.get(name))
const userOf = ({ store }: Discord, name: string): UserRow => existingOf('user', name, store.data.users.get(name))
const messageOf = ({ store }: Discord, name: string): MessageRow => existingOf('message', name, store.data.messages.get(name))

function targetOf(discord: Discord, { message, ...place }: { as: string; channel: string; message: string }) {
  return { ...placeOf(discord, place), message: messageOf(discord, message) }
}

function placeOf(discord: Discord, { as, channel }: { as: string; channel: string }): { user: UserRow; channel: ChannelRow } {
  return { user: userOf(discord, as), channel: channelOf(discord, channel) }
}
