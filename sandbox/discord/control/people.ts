import { z } from 'zod'
import type { Discord } from '../context'
import { guildCreate } from '../gateway/identify'
import { applicationFlags, INTENTS, PRIVILEGED, type PrivilegedIntent } from '../intents'
import type { ChannelRow, GroupRow, GuildRow, UserRow } from '../model'
import { ALL, DEFAULT_EVERYONE, PERMISSIONS, type Permission, sum } from '../permissions'
import { channelShape } from '../shapes/channels'
import { guildShape, ownGuildShape } from '../shapes/guilds'
import { applicationShape, memberField, memberShape, userShape } from '../shapes/users'
import type { DiscordStore } from '../store'

export const permission = z.enum(Object.keys(PERMISSIONS) as Permission[])

export const person = z.strictObject({
  name: z.string().min(1),
  /** An application with a token; by default only Ada is one. */
  bot: z.boolean().optional(),
  displayName: z.string().optional(),
  nick: z.string().optional(),
  /** Privileged intents turned off in the portal. */
  missingIntents: z.array(z.enum(Object.keys(PRIVILEGED) as PrivilegedIntent[])).default([]),
  /** Permissions denied in the test channel, and taken from the bot's role. */
  missingPermissions: z.array(permission).default([]),
  /** Permissions beyond the usual ones. */
  extraPermissions: z.array(permission).default([]),
  /** `closed`: accepts no direct messages. */
  dms: z.enum(['open', 'closed']).default('open'),
  /** Not a member of any guild. */
  outsider: z.boolean().default(false),
  /** Names of people of the group that this user has blocked. */
  blocks: z.array(z.string()).default([]),
})

type PersonOptions = z.output<typeof person>

/** The permissions that the setup page requests for a bot. */
const BOT_PERMISSIONS = sum(
  ...(['VIEW_CHANNEL', 'SEND_MESSAGES', 'SEND_MESSAGES_IN_THREADS', 'READ_MESSAGE_HISTORY', 'ADD_REACTIONS'] as const),
  ...(['ATTACH_FILES', 'EMBED_LINKS', 'MANAGE_MESSAGES', 'MANAGE_THREADS', 'CREATE_PUBLIC_THREADS'] as const),
)

/** Creates a user in the group's guild, which is created with the group's first person. */
export function addPerson(discord: Discord, groupName: string, options: PersonOptions) {
  const { store } = discord
  const group = store.data.groups.get(groupName) ?? found(store, groupName)
  const guild = store.data.guilds.get(group.guildId)
  const channel = store.data.channels.get(group.channelId)
  if (!guild || !channel) throw new Error(`the guild of ${groupName} is gone`)
  const user = addUser(store, options, group)
  group.people.set(options.name, user.id)
  const token = user.bot ? register(store, user, guild, options) : undefined
  if (!options.outsider) join(discord, guild, channel, user, options)
  return {
    id: user.id,
    username: user.username,
    displayName: user.globalName ?? user.username,
    guild: guild.id,
    guildName: guild.name,
    channel: channel.id,
    channelName: channel.name,
    /** A text channel of the guild that no bot can see. */
    hidden: group.hiddenId,
    /** All that the API shows of it: `user`, `member`, `guild`, `channels`, `owner`; of a bot also `application` and `guilds`. */
    made: JSON.stringify(made(store, guild, user)),
    ...(token === undefined ? {} : { token }),
  }
}

function made(store: DiscordStore, guild: GuildRow, user: UserRow) {
  const application = store.data.applications.get(user.id)
  return {
    user: userShape(user),
    guild: guildShape(store, guild),
    channels: store.channelsOf(guild.id).map((channel) => channelShape(store, channel, user.id)),
    ...memberField(store, guild, user.id),
    owner: memberField(store, guild, guild.ownerId).member,
    ...(application ? { application: applicationShape(store, application), guilds: [ownGuildShape(guild, user.id)] } : {}),
  }
}

function addUser(store: DiscordStore, options: PersonOptions, group?: GroupRow): UserRow {
  const id = store.ids.next()
  const bot = options.bot ?? options.name === 'Ada'
  const displayName = options.displayName ?? options.name
  const user: UserRow = {
    id,
    username: `${options.name.toLowerCase().replace(/[^a-z0-9_.]/g, '')}_${BigInt(id).toString(36).slice(-7)}`,
    globalName: bot ? null : displayName,
    avatar: null,
    banner: null,
    bot,
    dmsClosed: options.dms === 'closed',
    blocked: options.blocks.flatMap((name) => group?.people.get(name) ?? []),
  }
  store.data.users.set(id, user)
  if (!bot) store.data.presences.set(id, { status: 'online', activities: [] })
  return user
}

/** Its application has the same id as the bot, as recent ones do; its own role is above @everyone. */
function register(store: DiscordStore, user: UserRow, guild: GuildRow, options: PersonOptions): string {
  const flags = applicationFlags(options.missingIntents)
  store.data.applications.set(user.id, { id: user.id, name: user.username, ownerId: guild.ownerId, flags })
  const permissions = (BOT_PERMISSIONS | sum(...options.extraPermissions)) & ~sum(...options.missingPermissions)
  const id = store.ids.next()
  guild.roles.push({ id, name: user.username, permissions, position: guild.roles.length, mentionable: false, botId: user.id })
  return store.newToken(user.id)
}

function join(discord: Discord, guild: GuildRow, channel: ChannelRow, user: UserRow, options: PersonOptions): void {
  const { store, hub } = discord
  const roles = guild.roles.filter(({ botId }) => botId === user.id).map(({ id }) => id)
  const member = { userId: user.id, nick: options.nick ?? null, roles, joinedAt: store.ids.now() }
  guild.members.set(user.id, member)
  const deny = sum(...options.missingPermissions)
  if (deny !== 0n) channel.overwrites.push({ id: user.id, type: 1, allow: 0n, deny })
  for (const session of hub.sessionsOf(user.id)) hub.send(session, 'GUILD_CREATE', guildCreate(discord, guild, session))
  hub.tell({
    event: 'GUILD_MEMBER_ADD',
    intent: INTENTS.GUILD_MEMBERS,
    guildId: guild.id,
    reaches: (botId) => botId !== user.id && guild.members.has(botId),
    data: () => ({ ...memberShape(store, member), guild_id: guild.id }),
  })
}

function found(store: DiscordStore, name: string): GroupRow {
  const number = store.data.groups.size + 1
  const guildId = store.ids.next()
  const owner = addUser(store, person.parse({ name: 'Olga', bot: false }))
  const member = { userId: owner.id, nick: null, roles: [], joinedAt: store.ids.now() }
  const guild: GuildRow = {
    id: guildId,
    name: `Acceptance ${number}`,
    ownerId: owner.id,
    roles: [role(guildId, '@everyone', DEFAULT_EVERYONE, 0), role(store.ids.next(), 'Neighbours', 0n, 1)],
    members: new Map([[owner.id, member]]),
    emojis: [{ id: store.ids.next(), name: 'glove', animated: false }],
  }
  store.data.guilds.set(guildId, guild)
  const overwrites = [{ id: guildId, type: 0 as const, allow: 0n, deny: PERMISSIONS.VIEW_CHANNEL }]
  const category = store.addChannel(guildId, { type: 4, name: 'Text channels', position: 0 })
  const test = store.addChannel(guildId, {
    name: 'acceptance',
    topic: 'Where tests write',
    parentId: category.id,
    position: 1,
  })
  const hidden = store.addChannel(guildId, { name: 'staff-only', overwrites, position: 2 })
  store.addChannel(guildId, { type: 2, name: 'Lounge', position: 3 })
  const group = { guildId, channelId: test.id, hiddenId: hidden.id, people: new Map([['Olga', owner.id]]) }
  store.data.groups.set(name, group)
  return group
}

const role = (id: string, name: string, permissions: bigint, position: number) => ({
  id,
  name,
  permissions: permissions & ALL,
  position,
  mentionable: position > 0,
  botId: null,
})
