import { createHash } from 'node:crypto'
import { seededBytes } from '../kit/ids'
import { State } from '../kit/state'
import { refuse } from './errors'
import type { ChannelRow, DiscordData, GuildRow, MessageRow, UserRow } from './model'
import { channelPermissions } from './permissions'
import { byAge, Snowflakes } from './snowflakes'

/** The state of one Discord, and the queries that all routes share. */
export class DiscordStore {
  readonly state = new State<DiscordData>({
    users: new Map(),
    applications: new Map(),
    tokens: new Map(),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    timelines: new Map(),
    directs: new Map(),
    presences: new Map(),
    files: new Map(),
    groups: new Map(),
  })
  readonly ids: Snowflakes
  readonly bytes: (length: number) => Buffer

  /** @param seed of keys and tokens; @param fixed whether ids come from the seed as well, on their own clock */
  constructor(seed: string, fixed: boolean) {
    this.ids = new Snowflakes(fixed ? seed : undefined)
    this.bytes = seededBytes(`${seed}:tokens`)
  }

  get data(): DiscordData {
    return this.state.now
  }

  /** A token in Discord's three parts; the first contains the bot's id, which some libraries read. */
  newToken(botId: string): string {
    const part = (length: number): string => this.bytes(48).toString('base64url').slice(0, length)
    const token = `${Buffer.from(botId).toString('base64url')}.${part(6)}.${part(38)}`
    this.data.tokens.set(token, botId)
    return token
  }

  /** Twenty characters that are always the same for the same input: session ids, hashes of pictures. */
  hash(text: string | Buffer): string {
    return createHash('md5').update(text).digest('hex')
  }

  user(id: string): UserRow {
    const user = this.data.users.get(id)
    if (!user) throw refuse('unknownUser')
    return user
  }

  /** Flags of a bot's application. */
  flagsOf(botId: string): number {
    return this.data.applications.get(botId)?.flags ?? 0
  }

  guildOf(channel: ChannelRow): GuildRow | undefined {
    return channel.guildId === null ? undefined : this.data.guilds.get(channel.guildId)
  }

  /** The channel whose overwrites apply: a thread's parent, where it still exists. */
  home(channel: ChannelRow): ChannelRow {
    return (channel.thread && channel.parentId && this.data.channels.get(channel.parentId)) || channel
  }

  permissions(channel: ChannelRow, userId: string): bigint {
    return channelPermissions(this.guildOf(channel), this.home(channel), channel, userId)
  }

  /** Channels of a guild, in their order; without threads unless requested. */
  channelsOf(guildId: string, threads = false): ChannelRow[] {
    return [...this.data.channels.values()].filter(
      (channel) => channel.guildId === guildId && (channel.thread !== null) === threads,
    )
  }

  /** The threads of a guild that are not archived and that the user can see. */
  activeThreads(guildId: string, userId: string): ChannelRow[] {
    return this.channelsOf(guildId, true).filter((one) => !one.thread?.archived && this.permissions(one, userId) !== 0n)
  }

  /** Stores a channel, with an id and defaults for all that is not given. @param guildId null for a direct conversation */
  addChannel(guildId: string | null, fields: Partial<ChannelRow>): ChannelRow {
    const channel: ChannelRow = {
      id: fields.id ?? this.ids.next(),
      type: 0,
      guildId,
      parentId: null,
      name: '',
      topic: null,
      nsfw: false,
      position: 0,
      slowmode: 0,
      overwrites: [],
      lastMessageId: null,
      recipients: [],
      thread: null,
      ...fields,
    }
    this.data.channels.set(channel.id, channel)
    return channel
  }

  /** The direct conversation of two users, if there is one. */
  knownDirect(one: string, other: string): ChannelRow | undefined {
    return this.data.channels.get(this.data.directs.get(pairOf(one, other)) ?? '')
  }

  /** The direct conversation of two users, created on first use. */
  direct(one: string, other: string): ChannelRow {
    const known = this.knownDirect(one, other)
    if (known) return known
    const channel = this.addChannel(null, { type: 1, recipients: [one, other] })
    this.data.directs.set(pairOf(one, other), channel.id)
    return channel
  }

  guildsOf(userId: string): GuildRow[] {
    return [...this.data.guilds.values()].filter(({ members }) => members.has(userId))
  }

  shareGuild(one: string, other: string): boolean {
    return this.guildsOf(one).some(({ members }) => members.has(other))
  }

  /** Messages of a channel, oldest first. */
  messagesIn(channelId: string): MessageRow[] {
    const ids = this.data.timelines.get(channelId) ?? []
    return ids.flatMap((id) => this.data.messages.get(id) ?? [])
  }

  keep(message: MessageRow): void {
    const timeline = this.data.timelines.get(message.channelId) ?? []
    const latest = timeline.at(-1)
    timeline.push(message.id)
    if (latest !== undefined && byAge(latest, message.id) > 0) timeline.sort(byAge)
    this.data.timelines.set(message.channelId, timeline)
    this.data.messages.set(message.id, message)
  }

  drop(message: MessageRow): void {
    const timeline = this.data.timelines.get(message.channelId) ?? []
    this.data.timelines.set(
      message.channelId,
      timeline.filter((id) => id !== message.id),
    )
    this.data.messages.delete(message.id)
    for (const { id } of message.attachments) this.data.files.delete(id)
  }
}

const pairOf = (one: string, other: string): string => [one, other].sort(byAge).join(' ')
