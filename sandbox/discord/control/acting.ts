import type { FastifyInstance } from 'fastify'
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

/** Who acts: the id of a user; and where. */
interface By {
  as: string
}
interface In extends By {
  /** A channel, a thread or a direct conversation. */
  channel: string
}
interface On extends In {
  message: string
}
type Saying = By & { channel?: string; to?: string; content: string; replyTo?: string; minutesAgo?: number }

const MINUTE = 60_000

/** What people do by hand: these powers play them. Each answers what was made, as that person's client would see it. */
export function actingPowers(app: FastifyInstance, discord: Discord): void {
  speaking(app, discord)
  reacting(app, discord)
  app.post<{ Body: In & { name: string; message?: string } }>('/threads', async ({ body }) => {
    const { user, channel } = placeOf(discord, body)
    const wish = { name: body.name, type: 11, autoArchive: 1_440, slowmode: 0, invitable: true }
    const message = body.message === undefined ? {} : { message: messageOf(discord, body.message) }
    return channelShape(discord.store, startThread(discord, user, channel, { ...wish, ...message }), user.id)
  })
  app.post<{ Body: By & { to: string } }>('/direct', async ({ body }) => {
    const channel = directBetween(discord, userOf(discord, body.as).id, userOf(discord, body.to).id)
    return channelShape(discord.store, channel, body.as)
  })
  app.post<{ Body: By & { status: string; activities?: unknown[] } }>('/presence', async ({ body }, reply) => {
    const { as, ...presence } = body
    applyPresence(discord, userOf(discord, as).id, presence)
    return reply.code(204).send()
  })
  app.post<{ Body: In }>('/typing', async ({ body }, reply) => {
    const { user, channel } = placeOf(discord, body)
    tellTyping(discord, channel, user.id)
    return reply.code(204).send()
  })
}

function speaking(app: FastifyInstance, discord: Discord): void {
  app.post<{ Body: Saying }>('/say', async ({ body }) => {
    const author = userOf(discord, body.as)
    const channel = body.to === undefined ? channelOf(discord, body.channel ?? '') : directBetween(discord, author.id, body.to)
    return seenBy(discord, say(discord, author, channel, body), author)
  })
  app.post<{ Body: On & { content: string } }>('/edit', async ({ body }) => {
    const { user, channel } = placeOf(discord, body)
    const message = messageOf(discord, body.message)
    const { users, roles, everyone } = mentionsOf(discord.store, { content: body.content, author: user, channel }, undefined)
    const mentioned = { mentions: users, mentionedRoles: roles, mentionsEveryone: everyone }
    edit(discord, channel, message, { content: body.content, ...mentioned, editedAt: discord.store.ids.now() })
    return seenBy(discord, message, user)
  })
  app.post<{ Body: On }>('/erase', async ({ body }, reply) => {
    const { channel } = placeOf(discord, body)
    remove(discord, channel, [messageOf(discord, body.message)])
    return reply.code(204).send()
  })
}

function reacting(app: FastifyInstance, discord: Discord): void {
  for (const [path, act] of [
    ['/react', react],
    ['/unreact', unreact],
  ] as const) {
    app.post<{ Body: On & { emoji: string } }>(path, async ({ body }, reply) => {
      const { user, channel } = placeOf(discord, body)
      const emoji = emojiNamed(body.emoji, discord.store.guildsOf(user.id))
      act(discord, { channel, message: messageOf(discord, body.message) }, emoji, user.id)
      return reply.code(204).send()
    })
  }
}

function say(discord: Discord, author: UserRow, channel: ChannelRow, { content, replyTo, minutesAgo }: Saying): MessageRow {
  const { store } = discord
  const target = replyTo === undefined ? undefined : messageOf(discord, replyTo)
  const { users, roles, everyone } = mentionsOf(store, { content, author, channel }, undefined, target)
  const reference = target ? { type: 0 as const, channelId: channel.id, guildId: channel.guildId, messageId: target.id } : null
  return post(discord, author, channel, {
    type: target ? 19 : 0,
    content,
    mentions: users,
    mentionedRoles: roles,
    mentionsEveryone: everyone,
    reference,
    ...(minutesAgo === undefined ? {} : { at: store.ids.now() - minutesAgo * MINUTE }),
  })
}

const seenBy = (discord: Discord, message: MessageRow, { id }: UserRow) =>
  messageShape(discord, message, { id, seesContent: true })

const missing = (what: string, id: string): Refusal => new Refusal(404, { error: `there is no ${what} ${id}` })

function userOf({ store }: Discord, id: string): UserRow {
  const user = store.data.users.get(id)
  if (!user) throw missing('user', id)
  return user
}

function channelOf({ store }: Discord, id: string): ChannelRow {
  const channel = store.data.channels.get(id)
  if (!channel) throw missing('channel', id)
  return channel
}

function placeOf(discord: Discord, body: In): { user: UserRow; channel: ChannelRow } {
  return { user: userOf(discord, body.as), channel: channelOf(discord, body.channel) }
}

function messageOf({ store }: Discord, id: string): MessageRow {
  const message = store.data.messages.get(id)
  if (!message) throw missing('message', id)
  return message
}
