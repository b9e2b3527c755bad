import { assertAgrees } from '../../assertions/agreement'
import { ContractError, parseResponse } from '../../assertions/contract'
import type {
  ChatAdapter,
  ChatChannel,
  ChatFile,
  ChatInbox,
  ChatMessage,
  ChatPerson,
  ChatPlace,
  Details,
  ExpectedMessage,
  NewFile,
  Presence,
  PresenceRequest,
  Reaction,
  SendOptions,
  Window,
} from '../../chat/adapter'
import type { Content } from '../../chat/content'
import { MissingOptional } from '../../config/errors'
import { type Digest, Digester } from '../../http/digest'
import { ApiError } from '../../http/errors'
import { sendOrFind } from '../../http/lost'
import type { ServiceAccess } from '../service'
import { capabilities } from './capabilities'
import { AUTO_ARCHIVE, DiscordClient } from './client'
import * as contract from './contract'
import { showPresence } from './control'
import { expectedDetails } from './details'
import { channelNamed, findUser } from './lookup'
import { assertAllAsMade, assertAsMade, madeFor } from './made'
import {
  type Account,
  accountOf,
  bodyOf,
  EMOJI,
  type Home,
  type Named,
  PUBLIC_THREAD,
  presenceOf,
  sameAccount,
  statusFor,
  THREAD_STARTER,
  threadOf,
  toChatChannel,
  toChatMessage,
  toChatPerson,
} from './parse'
import { escapeText, expectedMarkup, expectedText, render } from './render'
import { Sessions } from './sessions'

const UNKNOWN_MESSAGE = '10008'
const UNKNOWN_CHANNEL = '10003'
/** The activity type of a custom status text. */
const PLAYING = 0

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Discord as Ada's bot sees it. */
export class DiscordChat implements ChatAdapter {
  readonly can = capabilities
  readonly longestMessage = 2_000
  /** Of a guild without boosts. */
  readonly largestFile = 10 * 1_024 * 1_024
  readonly createsThreads = true
  readonly unknownIds = { person: '100000000000000001', channel: '100000000000000002', message: '100000000000000003' }
  readonly escape = escapeText
  readonly render = render
  readonly expectedMarkup = expectedMarkup
  readonly expectedText = expectedText
  private readonly people = new Map<string, Promise<ChatPerson>>()
  /** By id. */
  private readonly accounts = new Map<string, Promise<Account>>()
  /** What the scenario mentions or reacts with, besides people and channels. */
  private readonly known: Home = {}
  /** By the id of a thread, the name it was started with. */
  private readonly threadNames = new Map<string, string>()
  private home: Promise<ChatChannel & { guildId: string }> | undefined

  private constructor(
    readonly access: ServiceAccess,
    readonly client: DiscordClient,
    readonly sessions: Sessions,
    private readonly bot: Readonly<Record<string, string>>,
  ) {}

  static async of(access: ServiceAccess): Promise<DiscordChat> {
    const bot = await access.people.person('Ada')
    const client = await DiscordClient.withToken(access, bot.token ?? '')
    return new DiscordChat(access, client, await Sessions.of(client), bot)
  }

  me(): Promise<ChatPerson> {
    return this.person('Ada')
  }

  /** Read again from Discord. */
  async ownAccount(): Promise<ChatPerson> {
    const user = await this.client.me()
    assertAsMade('the bot’s user', user, (await madeFor(this.access, 'Ada'))?.user)
    return toChatPerson(user)
  }

  async expectedDetails(expected: ExpectedMessage, message: ChatMessage): Promise<Details> {
    const { id: author } = await this.person(expected.by)
    const around = {
      author: await this.accountWith(author),
      mentioned: await Promise.all([...new Set(expected.mentions)].map((id) => this.accountWith(id))),
      guildId: await this.guildId(),
      thread: await this.expectedThread({ ...expected.place, message: message.id }),
      threadName: this.threadNames.get(message.id),
      isLive: this.access.isLive,
      isLocal: LOOPBACK.test(new URL(this.access.address).hostname),
    }
    return expectedDetails(expected, message, around)
  }

  /** A thread on a message with the settings that the suite gives it, without its name. */
  async expectedThread({ id: parent_id, message }: { id: string; message: string }): Promise<Details> {
    const [{ id: owner_id }, { guildId: guild_id }] = await Promise.all([this.me(), this.homeChannel()])
    const settings = { archived: false, locked: false, auto_archive_duration: AUTO_ARCHIVE }
    return { id: message, type: PUBLIC_THREAD, guild_id, parent_id, owner_id, flags: 0, ...settings }
  }

  person(name: string): Promise<ChatPerson> {
    const known = this.people.get(name) ?? this.account(name)
    this.people.set(name, known)
    known.catch(() => this.people.delete(name))
    return known
  }

  channel(): Promise<ChatChannel> {
    return this.homeChannel().then(({ guildId: _guild, ...channel }) => channel)
  }

  async guildId(): Promise<string> {
    return (await this.homeChannel()).guildId
  }

  /** The guild of the tests, read again from Discord. */
  async guild(): Promise<contract.DiscordGuild> {
    const guild = await this.client.guild(await this.guildId())
    assertAsMade('the guild', guild, (await madeFor(this.access, 'Ada'))?.guild)
    return guild
  }

  async fetchPerson(id: string): Promise<ChatPerson> {
    return toChatPerson(await this.client.user(id))
  }

  async fetchChannel(id: string): Promise<ChatChannel> {
    return toChatChannel(await this.client.channel(id))
  }

  async findPerson(name: string): Promise<ChatPerson | undefined> {
    const { guildId, id: channelId } = await this.homeChannel()
    const user = await findUser(this.client, { guildId, channelId }, name)
    if (!user) return undefined
    assertAgrees('a user found by name', { ...accountOf(user) }, { ...accountOf(await this.client.user(user.id)) })
    return toChatPerson(user)
  }

  async findChannel(name: string): Promise<ChatChannel | undefined> {
    const channels = await this.client.guildChannels(await this.guildId())
    assertAllAsMade('the channels of the guild', channels, (await madeFor(this.access, 'Ada'))?.channels, ({ id }) => String(id))
    const found = channelNamed(channels, name)
    return found && toChatChannel(found)
  }

  async send(place: ChatPlace, content: Content, options: SendOptions = {}): Promise<ChatMessage> {
    return this.seen(await this.client.createMessage(place.id, bodyOf(content, options)), place)
  }

  async sendFiles(place: ChatPlace, files: readonly NewFile[], content: Content): Promise<ChatMessage> {
    return this.seen(await this.client.createMessage(place.id, bodyOf(content, {}), files), place)
  }

  async fileDigest({ handle }: ChatFile): Promise<Digest> {
    const { data } = await this.access.http({ baseURL: '' }).get<Digest>(handle, { digest: Digester, anonymous: true })
    return data
  }

  async read(place: ChatPlace, id: string): Promise<ChatMessage | undefined> {
    try {
      return this.seen(await this.client.message(place.id, id), place)
    } catch (error) {
      if (error instanceof ApiError && [UNKNOWN_MESSAGE, UNKNOWN_CHANNEL].includes(error.code ?? '')) return undefined
      throw error
    }
  }

  async edit({ place, id }: ChatMessage, content: Content): Promise<ChatMessage> {
    return this.seen(await this.client.editMessage(place.id, id, bodyOf(content, {})), place)
  }

  async delete({ place, id }: ChatMessage): Promise<void> {
    await this.client.deleteMessage(place.id, id)
  }

  async history(place: ChatPlace, { limit, before, after, around }: Window): Promise<ChatMessage[]> {
    const query = {
      limit,
      ...(before ? { before: before.id } : {}),
      ...(after ? { after: after.id } : {}),
      ...(around ? { around: around.id } : {}),
    }
    const list = await this.client.messages(place.id, query)
    const ids = list.map(({ id }) => id)
    const newestFirst = [...ids].sort((one, other) => Number(BigInt(other) - BigInt(one)))
    assertAgrees('a page of the history, newest first', { ids }, { ids: newestFirst })
    const starter = list.find(({ type }) => type === THREAD_STARTER)
    if (starter && place.kind === 'thread') {
      const reference = { type: 0, channel_id: place.parent, guild_id: await this.guildId(), message_id: place.id }
      assertAgrees('the first message of a thread', starter.message_reference ?? {}, reference)
    }
    return Promise.all(list.map((message) => this.seen(message, place)))
  }

  async react({ place, id }: ChatMessage, reaction: Reaction): Promise<void> {
    await this.client.react(place.id, id, await this.emojiFor(reaction))
  }

  async unreact({ place, id }: ChatMessage, reaction: Reaction): Promise<void> {
    await this.client.unreact(place.id, id, await this.emojiFor(reaction))
  }

  async thread({ place, id }: ChatMessage, name: string): Promise<ChatPlace> {
    const thread = await sendOrFind(
      () => this.client.startThread(place.id, id, name),
      () => this.threadCalled(id, name),
    )
    assertAgrees('a new thread', threadOf(thread), { ...(await this.expectedThread({ ...place, message: id })), name })
    this.threadNames.set(thread.id, name)
    return { kind: 'thread', id: thread.id, parent: place.id }
  }

  /** A thread by its id, which is that of its message; a message has at most one. */
  private async threadCalled(id: string, name: string): Promise<contract.DiscordThread | undefined> {
    try {
      const { success, data } = contract.thread.safeParse(await this.client.channel(id))
      return success && data.name === name ? data : undefined
    } catch (error) {
      if (error instanceof ApiError && error.code === UNKNOWN_CHANNEL) return undefined
      throw error
    }
  }

  async setPresence(presence: PresenceRequest, status: string): Promise<void> {
    if (presence === 'an unknown value') throw new Error('The gateway ignores a presence that does not exist.')
    // The observing session must be open first: Discord sends changes of presence only.
    if (await this.sessions.mayObserve()) await this.sessions.observer()
    await (await this.sessions.main()).setPresence(statusFor(presence), status)
    Object.assign(this.sessions.shown, { presence, status })
  }

  async ownPresence(): Promise<string> {
    return this.sessions.shown.presence ?? ''
  }

  async setPresenceAs(name: string, presence: Presence): Promise<boolean> {
    if (!this.access.control) {
      // The observing session must be open first: Discord sends changes of presence only.
      await this.sessions.observer()
      return false
    }
    await this.sessions.observer()
    await showPresence(this, name, statusFor(presence))
    return true
  }

  async presenceOf({ id }: ChatPerson): Promise<Presence | undefined> {
    return presenceOf((await this.sessions.presenceOf(id, await this.guildId())).status)
  }

  async statusTextOf({ id }: ChatPerson): Promise<string> {
    const { activities } = await this.sessions.presenceOf(id, await this.guildId())
    return activities.map(({ name, type }) => (type === PLAYING ? name : `${name} (of the type ${type})`)).join()
  }

  async direct(people: readonly ChatPerson[]): Promise<ChatPlace> {
    const [person, ...more] = people
    if (!person || more.length > 0) throw new Error('A Discord bot has direct conversations with one person at a time.')
    const { id, recipients, flags } = await this.client.direct(person.id)
    const [recipient] = recipients
    const shown = { id: recipient?.id, username: recipient?.username, flags: flags ?? 0 }
    assertAgrees('a direct channel', shown, { id: person.id, username: person.name, flags: 0 })
    await this.assertRecipients(recipients)
    return { kind: 'direct', id }
  }

  async members({ id }: ChatPlace): Promise<readonly string[]> {
    const { recipients = [] } = await this.client.channel(id)
    await this.assertRecipients(recipients)
    return [(await this.me()).id, ...recipients.map((user) => user.id)]
  }

  async listen(place: ChatPlace): Promise<ChatInbox> {
    const [session, me, guildId] = await Promise.all([this.sessions.main(), this.me(), this.guildId()])
    const messages: ChatMessage[] = []
    let broken: string | undefined
    const stop = session.listen((event) => {
      if (event.t !== 'MESSAGE_CREATE' || event.d.channel_id !== place.id || event.d.author.id === me.id) return
      broken ??= event.d.guild_id === guildId ? undefined : `a message event is of the guild ${event.d.guild_id}, not ${guildId}`
      messages.push(toChatMessage(parseResponse(contract.message, event.d, 'a message event'), place))
    })
    const received = (): readonly ChatMessage[] => {
      session.assertAlive()
      if (broken) throw new ContractError('the gateway', [broken])
      return messages
    }
    return { received, stop }
  }

  async canSendAs(): Promise<boolean> {
    return this.access.control !== undefined
  }

  async sendAs(name: string, place: ChatPlace, content: Content): Promise<void> {
    const { control } = this.access
    if (!control) throw new Error(`Live, messages cannot be sent as ${name}.`)
    const { id } = await this.access.people.person(name)
    await control.post('/say', { as: id, channel: place.id, content: render(content) })
  }

  close(): Promise<void> {
    return this.sessions.close()
  }

  private async account(name: string): Promise<ChatPerson> {
    if (name === 'Ada') return this.access.isLive ? this.access.once<ChatPerson>('me') : this.ownAccount()
    const { id = '' } = await this.access.people.person(name)
    const user = await this.client.user(id)
    assertAsMade(`the user ${name}`, user, (await madeFor(this.access, name))?.user)
    return toChatPerson(user)
  }

  private async assertRecipients(recipients: readonly contract.DiscordUser[]): Promise<void> {
    const shown = recipients.map(accountOf)
    const known = await Promise.all(shown.map(async (one) => sameAccount(await this.accountWith(one.id), one)))
    assertAgrees('the recipients of a direct channel', { accounts: shown }, { accounts: known })
  }

  /** As `GET /users` returns it; on a sandbox that was compared with the account that was created. */
  private accountWith(id: string): Promise<Account> {
    const known = this.accounts.get(id) ?? this.client.user(id).then(accountOf)
    this.accounts.set(id, known)
    known.catch(() => this.accounts.delete(id))
    return known
  }

  private homeChannel(): Promise<ChatChannel & { guildId: string }> {
    this.home ??= this.readHome()
    return this.home
  }

  private async readHome(): Promise<ChatChannel & { guildId: string }> {
    const [channel, made] = await Promise.all([this.client.channel(this.bot.channel ?? ''), madeFor(this.access, 'Ada')])
    const own = made?.channels.find(({ id }) => id === this.bot.channel)
    assertAsMade('the channel of the tests', channel, own)
    return { ...toChatChannel(channel), guildId: this.bot.guild ?? channel.guild_id ?? '' }
  }

  /** The emoji of a reaction in the form that calls need; for a custom one the first of the guild's own. */
  private async emojiFor(reaction: Reaction): Promise<string> {
    if (reaction !== 'a custom emoji') return EMOJI[reaction]
    const { emojis } = await this.guild()
    const emoji = emojis.find(({ available }) => available !== false)
    if (!emoji) throw new MissingOptional('the guild has no custom emoji', 'an emoji in the settings of the server')
    this.known.emoji = emoji
    return `${emoji.name}:${emoji.id}`
  }

  /** A role that any member may mention; a sandbox has one. */
  async mentionableRole(): Promise<Named> {
    const { roles } = await this.guild()
    const role = roles.find(({ mentionable }) => mentionable)
    if (!role) throw new Error('The guild has no role that may be mentioned.')
    this.known.role = role
    return role
  }

  private seen = async (message: contract.DiscordMessage, place: ChatPlace) => {
    const channel = await this.home
    return toChatMessage(message, place, { ...this.known, ...(channel ? { channel } : {}) })
  }
}
