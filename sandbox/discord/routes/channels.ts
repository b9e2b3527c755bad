import { z } from 'zod'
import { channelOf, demand, demandWriting, type InChannel, textChannelOf } from '../access'
import { tellChannel, tellTyping } from '../acts/tell'
import { removeChannel } from '../acts/threads'
import type { Discord, DiscordRoutes } from '../context'
import { invalidField, refuse } from '../errors'
import type { Overwrite, ThreadRow } from '../model'
import { has } from '../permissions'
import { channelShape } from '../shapes/channels'
import { bits, checked, choice, flag, int, list, maybe, name, snowflake, text } from '../validation'

const CATEGORY = 4

export const overwrites = list(z.object({ id: snowflake, type: choice(0, 1), allow: maybe(bits), deny: maybe(bits) }), 1_000)

export const overwritesOf = (wanted: z.infer<typeof overwrites>): Overwrite[] =>
  wanted.map(({ id, type, allow = 0n, deny = 0n }) => ({ id, type: type === 1 ? 1 : 0, allow, deny }))

const changes = z.object({
  name: maybe(name(1, 100)),
  topic: text(1_024).nullish(),
  parent_id: snowflake.nullish(),
  permission_overwrites: maybe(overwrites),
  nsfw: maybe(flag),
  position: maybe(int(0, 500)),
  rate_limit_per_user: maybe(int(0, 21_600)),
})
const threadChanges = z.object({
  name: maybe(name(1, 100)),
  archived: maybe(flag),
  locked: maybe(flag),
  invitable: maybe(flag),
  auto_archive_duration: maybe(choice(60, 1_440, 4_320, 10_080)),
  rate_limit_per_user: maybe(int(0, 21_600)),
})

export const channelRoutes: DiscordRoutes = {
  'GET /channels/:id': (discord, request) => {
    const { channel, bot } = channelOf(discord, request)
    return channelShape(discord.store, channel, bot.id)
  },
  'PATCH /channels/:id': (discord, request) => {
    const place = channelOf(discord, request)
    if (place.channel.guildId === null) throw refuse('notInDirect')
    if (place.channel.thread) changeThread(discord, place, place.channel.thread, checked(threadChanges, request.body))
    else changeChannel(discord, place, checked(changes, request.body))
    return channelShape(discord.store, place.channel, place.bot.id)
  },
  'DELETE /channels/:id': (discord, request) => {
    const { channel, bot, may } = channelOf(discord, request)
    const shape = channelShape(discord.store, channel, bot.id)
    // A direct conversation is only closed: opened again, it is the same one with all its messages.
    if (channel.guildId === null) return shape
    demand(may, channel.thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS')
    removeChannel(discord, channel)
    return shape
  },
  'POST /channels/:id/typing': (discord, request) => {
    const place = textChannelOf(discord, request)
    demandWriting(discord, place)
    tellTyping(discord, place.channel, place.bot.id)
  },
}

/** Names of text channels are in lower case, with hyphens for blanks. */
export function channelName(type: number, called: string): string {
  return type === 0 || type === 5 ? called.toLowerCase().replace(/\s+/g, '-') : called
}

/** @throws 400/50035 for an id that is not a category of that guild */
export function categoryIn({ store }: Discord, guildId: string | null, id: string): string {
  const category = store.data.channels.get(id)
  if (category?.guildId === guildId && category.type === CATEGORY) return id
  throw invalidField('parent_id', 'CHANNEL_PARENT_INVALID', 'Category does not exist')
}

function changeChannel(discord: Discord, { channel, may }: InChannel, wanted: z.infer<typeof changes>): void {
  demand(may, 'MANAGE_CHANNELS')
  if (wanted.permission_overwrites) demand(may, 'MANAGE_ROLES')
  const { name: called, topic, parent_id: parentId, permission_overwrites: wantedOverwrites } = wanted
  Object.assign(
    channel,
    given({
      parentId: parentId && categoryIn(discord, channel.guildId, parentId),
      overwrites: wantedOverwrites && overwritesOf(wantedOverwrites),
      name: called && channelName(channel.type, called),
      topic: topic === '' ? null : topic,
      nsfw: wanted.nsfw,
      position: wanted.position,
      slowmode: wanted.rate_limit_per_user,
    }),
  )
  tellChannel(discord, 'CHANNEL_UPDATE', channel)
}

/** Its owner may change name, archiving and timeout; users who may write may unarchive it; other changes need the permission to manage threads. */
function changeThread(
  discord: Discord,
  { channel, bot, may }: InChannel,
  thread: ThreadRow,
  wanted: z.infer<typeof threadChanges>,
): void {
  const opens = wanted.archived === false
  const onlyOpens = opens && Object.entries(wanted).every(([key, value]) => key === 'archived' || value === undefined)
  const owns =
    thread.ownerId === bot.id && wanted.locked === undefined && wanted.rate_limit_per_user === undefined && !thread.locked
  const mayOpen = onlyOpens && !thread.locked && has(may, 'SEND_MESSAGES_IN_THREADS')
  if (!owns && !mayOpen) demand(may, 'MANAGE_THREADS')
  if (thread.archived && !opens) throw refuse('archived')
  if (wanted.archived !== undefined && wanted.archived !== thread.archived) thread.archiveAt = discord.store.ids.now()
  const { archived, locked, invitable, auto_archive_duration: autoArchive } = wanted
  Object.assign(channel, given({ name: wanted.name, slowmode: wanted.rate_limit_per_user }))
  Object.assign(thread, given({ archived, locked, invitable, autoArchive }))
  tellChannel(discord, 'THREAD_UPDATE', channel)
}

/** The changes that a request contains. */
function given(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}
