import type { REST } from '@discordjs/rest'
import type { z } from 'zod'
import { parseResponse } from '../../assertions/contract'
import type { NewFile } from '../../chat/adapter'
import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import * as contract from './contract'
import { DiscordRest, type Method, openRest } from './rest'

interface AllowedMentions {
  parse: readonly ('users' | 'roles' | 'everyone')[]
  users?: readonly string[]
  roles?: readonly string[]
}

export interface NewMessage {
  content: string
  allowed_mentions?: AllowedMentions
  message_reference?: { message_id: string; fail_if_not_exists?: boolean }
}

export interface HistoryQuery {
  limit: number
  before?: string
  after?: string
  around?: string
}

/** Minutes of inactivity after which a thread of the suite is archived. */
export const AUTO_ARCHIVE = 60
const GUILDS_A_PAGE = 200
const UNKNOWN_MESSAGE_ID = '100000000000000003'
const UNKNOWN_MESSAGE = '10008'

/** One bot's client: a method per endpoint of version 10, wire format only. */
export class DiscordClient {
  private readonly api: DiscordRest

  private constructor(
    readonly rest: REST,
    readonly access: ServiceAccess,
    readonly token: string,
  ) {
    this.api = new DiscordRest(rest, access, token)
  }

  static async withToken(access: ServiceAccess, token: string): Promise<DiscordClient> {
    return new DiscordClient(await openRest(access), access, token)
  }

  async me(): Promise<contract.DiscordUser> {
    return parseResponse(contract.user, await this.get('/users/@me'), 'the bot’s user')
  }

  async application(): Promise<contract.DiscordApplication> {
    return parseResponse(contract.application, await this.get('/applications/@me'), 'the application')
  }

  async user(id: string): Promise<contract.DiscordUser> {
    return parseResponse(contract.user, await this.get(`/users/${id}`), 'a user')
  }

  /** All pages. */
  async guilds() {
    const found: z.infer<typeof contract.ownGuilds> = []
    for (let after: string | undefined; ; after = found.at(-1)?.id) {
      const query = { limit: GUILDS_A_PAGE, ...(after ? { after } : {}) }
      const page = parseResponse(contract.ownGuilds, await this.get('/users/@me/guilds', query), 'the bot’s guilds')
      found.push(...page)
      if (page.length < GUILDS_A_PAGE) return found
    }
  }

  async guild(id: string): Promise<contract.DiscordGuild> {
    return parseResponse(contract.guild, await this.get(`/guilds/${id}`), 'a guild')
  }

  async guildChannels(id: string): Promise<contract.DiscordChannel[]> {
    return parseResponse(contract.channels, await this.get(`/guilds/${id}/channels`), 'the channels of a guild')
  }

  async member(guildId: string, userId: string): Promise<contract.DiscordMember> {
    return parseResponse(contract.member, await this.get(`/guilds/${guildId}/members/${userId}`), 'a member')
  }

  /** By the beginning of a username or nickname; needs no privileged intent. */
  async searchMembers(guildId: string, query: string, limit: number): Promise<contract.DiscordMember[]> {
    const found = await this.get(`/guilds/${guildId}/members/search`, { query, limit })
    return parseResponse(contract.members, found, 'members by name')
  }

  /** Needs the privileged intent GUILD_MEMBERS, enabled for the application. */
  async listMembers(guildId: string, limit: number): Promise<contract.DiscordMember[]> {
    return parseResponse(contract.members, await this.get(`/guilds/${guildId}/members`, { limit }), 'the members of a guild')
  }

  async channel(id: string): Promise<contract.DiscordChannel> {
    return parseResponse(contract.channel, await this.get(`/channels/${id}`), 'a channel')
  }

  async archive(threadId: string): Promise<void> {
    await this.api.call({ method: 'PATCH', path: `/channels/${threadId}`, body: { archived: true } })
  }

  /** Deletes a channel or thread; a direct channel is only closed for the bot. */
  async deleteChannel(id: string): Promise<void> {
    await this.api.call({ method: 'DELETE', path: `/channels/${id}` })
  }

  /** Newest first. @throws ApiError 50013 live if the list is empty because the bot may not read the history */
  async messages(channelId: string, query: HistoryQuery): Promise<contract.DiscordMessage[]> {
    const page = parseResponse(contract.messages, await this.get(`/channels/${channelId}/messages`, { ...query }), 'a history')
    if (page.length === 0 && this.access.isLive) await this.assertReadable(channelId)
    return page
  }

  async message(channelId: string, id: string): Promise<contract.DiscordMessage> {
    return parseResponse(contract.message, await this.get(`/channels/${channelId}/messages/${id}`), 'a message')
  }

  async createMessage(channelId: string, body: NewMessage, files: readonly NewFile[] = []): Promise<contract.DiscordMessage> {
    const attached =
      files.length > 0
        ? { files: files.map(({ name, type, pieces }) => ({ name, data: Buffer.concat(pieces), contentType: type })) }
        : {}
    const response = await this.api.call({ method: 'POST', path: `/channels/${channelId}/messages`, body, ...attached })
    return parseResponse(contract.message, response, 'a new message')
  }

  async editMessage(channelId: string, id: string, body: NewMessage): Promise<contract.DiscordMessage> {
    const response = await this.api.call({ method: 'PATCH', path: `/channels/${channelId}/messages/${id}`, body })
    return parseResponse(contract.message, response, 'an edited message')
  }

  async deleteMessage(channelId: string, id: string): Promise<void> {
    await this.api.call({ method: 'DELETE', path: `/channels/${channelId}/messages/${id}` })
  }

  async react(channelId: string, messageId: string, emoji: string): Promise<void> {
    await this.reaction('PUT', channelId, messageId, emoji)
  }

  async unreact(channelId: string, messageId: string, emoji: string): Promise<void> {
    await this.reaction('DELETE', channelId, messageId, emoji)
  }

  async startThread(channelId: string, messageId: string, name: string): Promise<contract.DiscordThread> {
    const path = `/channels/${channelId}/messages/${messageId}/threads` as const
    const body = { name, auto_archive_duration: AUTO_ARCHIVE }
    return parseResponse(contract.thread, await this.api.call({ method: 'POST', path, body }), 'a new thread')
  }

  /** The direct channel with a user; a second call returns the same one. */
  async direct(recipientId: string) {
    const response = await this.api.call({ method: 'POST', path: '/users/@me/channels', body: { recipient_id: recipientId } })
    return parseResponse(contract.direct, response, 'a direct channel')
  }

  async gateway() {
    return parseResponse(contract.gateway, await this.get('/gateway/bot'), 'the address of the gateway')
  }

  /** Without the permission to read the history Discord returns an empty page; a request for a single message is refused. */
  private async assertReadable(channelId: string): Promise<void> {
    try {
      await this.message(channelId, UNKNOWN_MESSAGE_ID)
    } catch (error) {
      if (!(error instanceof ApiError && error.code === UNKNOWN_MESSAGE)) throw error
    }
  }

  private get(path: `/${string}`, query?: Record<string, string | number>): Promise<unknown> {
    return this.api.call({ method: 'GET', path, ...(query ? { query } : {}) })
  }

  private async reaction(method: Method, channelId: string, messageId: string, emoji: string): Promise<void> {
    const path = `/channels/${channelId}/messages/${messageId}/reactions/${encodeURIComponent(emoji)}/@me` as const
    await this.api.call({ method, path })
  }
}
