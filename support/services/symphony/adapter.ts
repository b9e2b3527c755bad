import { assertAgrees } from '../../assertions/agreement'
import { ContractError } from '../../assertions/contract'
import type {
  ActOptions,
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
  Window,
} from '../../chat/adapter'
import { CLOCK_TOLERANCE } from '../../chat/clocks'
import type { Content } from '../../chat/content'
import { findConfigured } from '../../chat/lookup'
import { UsageError } from '../../config/errors'
import type { Digest } from '../../http/digest'
import { ApiError } from '../../http/errors'
import { sendOrFind } from '../../http/lost'
import type { ServiceAccess } from '../service'
import { capabilities } from './capabilities'
import { SymphonyClient } from './client/client'
import { historyOf } from './history'
import { DatafeedInboxes } from './inbound'
import { checkLimits, LARGEST_FILE, LONGEST } from './limits'
import { configuredRoom, personNamed, roomNamed, userNamed } from './lookup'
import { assertSameRoom, assertUserAsMade, madeFor } from './made'
import { CATEGORY, presenceIn, toChatChannel, toChatMessage, toChatPerson } from './parse'
import { escaped, expectedMarkup, expectedText, render } from './render'

const ROOM_VARIABLE = 'SYMPHONY_TEST_ROOM_NAME'
/** By the names of the people. */
const USER_VARIABLES: Readonly<Record<string, string>> = { Ben: 'SYMPHONY_TEST_USER_NAME', Cleo: 'SYMPHONY_TEST_USER_NAME_2' }

/** Symphony as the bot sees it. */
export class SymphonyChat implements ChatAdapter {
  readonly can = capabilities
  readonly longestMessage = LONGEST
  readonly largestFile = LARGEST_FILE
  readonly createsThreads = false
  readonly unknownIds = {
    person: '1',
    channel: 'NoStreamHasThisId_0000000000000000',
    message: 'NoMessageHasThisId_000000000000000',
  }
  readonly datafeed: DatafeedInboxes
  private room: Promise<ChatChannel> | undefined
  private self: Promise<ChatPerson> | undefined
  /** Unix milliseconds; 0 until the bot has set its presence. */
  private presenceSetAt = 0
  /** By the id of a conversation, the ids of its members. */
  private readonly conversations = new Map<string, Promise<readonly string[]>>()
  /** By the id of a new version, the id of what it replaces. */
  private readonly replaced = new Map<string, string>()

  constructor(readonly client: SymphonyClient) {
    this.datafeed = new DatafeedInboxes(client)
  }

  static async of(access: ServiceAccess, who?: string): Promise<SymphonyChat> {
    return new SymphonyChat(await SymphonyClient.of(access, who))
  }

  render = render
  escape = escaped
  expectedMarkup = expectedMarkup
  expectedText = expectedText

  me(): Promise<ChatPerson> {
    const { access } = this.client
    this.self ??= access.isLive ? access.once<ChatPerson>('me') : this.ownAccount()
    return this.self
  }

  /** Read again from the pod. */
  async ownAccount(): Promise<ChatPerson> {
    const user = await this.client.people.me()
    assertUserAsMade('the bot’s account', user, await madeFor(this.client.access, 'Ada'))
    return toChatPerson(user)
  }

  async expectedDetails(expected: ExpectedMessage, message: ChatMessage): Promise<Details> {
    const { by, place, hashtags, cashtags } = expected
    const { name: username, displayName } = await this.person(by)
    return {
      user: { username, displayName },
      streamType: place.kind === 'channel' ? 'ROOM' : await this.directType(place),
      replacing: this.replaced.get(message.id),
      ...{ hashtags, cashtags },
    }
  }

  /** A conversation of two, or of more. */
  private async directType({ id }: ChatPlace): Promise<string> {
    const members = this.conversations.get(id) ?? this.client.streams.streamMembers(id)
    this.conversations.set(id, members)
    return (await members).length > 2 ? 'MIM' : 'IM'
  }

  /** The account of a name: the bot's own for Ada, the configured username for others. @throws UsageError where there is none */
  async person(name: string): Promise<ChatPerson> {
    if (name === 'Ada') return this.me()
    const { username = '' } = await this.client.access.people.person(name)
    return findConfigured(USER_VARIABLES[name] ?? name, async () => {
      const made = await madeFor(this.client.access, name)
      const found = made ? await this.client.people.user({ username }) : await userNamed(this.client, username)
      if (!found) throw new UsageError(`Symphony has no user "${username}", who is ${name} in the features.`)
      assertUserAsMade(`the account of ${name}`, found, made)
      return toChatPerson(found)
    })
  }

  channel(): Promise<ChatChannel> {
    this.room ??= this.ownRoom()
    return this.room
  }

  async fetchPerson(id: string): Promise<ChatPerson> {
    const user = await this.client.people.user({ uid: id })
    if (!user) throw new Error(`Symphony has no user with the id ${id}.`)
    return toChatPerson(user)
  }

  async fetchChannel(id: string): Promise<ChatChannel> {
    return toChatChannel(await this.client.streams.room(id))
  }

  findPerson(name: string): Promise<ChatPerson | undefined> {
    return personNamed(this.client, name)
  }

  findChannel(name: string): Promise<ChatChannel | undefined> {
    return roomNamed(this.client, name)
  }

  async send(place: ChatPlace, content: Content): Promise<ChatMessage> {
    checkLimits(content)
    return this.sendMarkup(place, render(content))
  }

  /** Sends MessageML unchanged: nothing is escaped or checked. */
  async sendMarkup(place: ChatPlace, message: string): Promise<ChatMessage> {
    return toChatMessage(await this.client.messages.send(place.id, { message }))
  }

  async sendFiles(place: ChatPlace, files: readonly NewFile[], content: Content): Promise<ChatMessage> {
    checkLimits(content)
    return toChatMessage(await this.client.messages.send(place.id, { message: render(content), files }))
  }

  fileDigest({ handle }: ChatFile): Promise<Digest> {
    const [streamId = '', messageId = '', fileId = ''] = handle.split(' ')
    return this.client.messages.attachment(streamId, messageId, fileId)
  }

  /** The latest version: an update has an id of its own and replaces the message before it. */
  async read(place: ChatPlace, id: string): Promise<ChatMessage | undefined> {
    const message = await this.client.messages.message(id)
    if (message?.replacedBy) return this.read(place, message.replacedBy)
    return message && toChatMessage(message)
  }

  async edit(message: ChatMessage, content: Content): Promise<ChatMessage> {
    checkLimits(content)
    const { messages } = this.client
    const updated = await sendOrFind(
      () => messages.update(message.place.id, message.id, { message: render(content) }),
      async () => {
        const replacement = (await unlessRefused(() => messages.message(message.id)))?.replacedBy
        return replacement ? messages.message(replacement) : undefined
      },
    )
    this.replaced.set(updated.messageId, message.id)
    return toChatMessage(updated)
  }

  async delete({ id }: ChatMessage, { expectsRefusal = false }: ActOptions = {}): Promise<void> {
    const { messages } = this.client
    const suppress = async (): Promise<true> => {
      await messages.suppress(id)
      return true
    }
    const isGone = async (): Promise<boolean> => (await messages.message(id)) === undefined
    await sendOrFind(suppress, async () => (!expectsRefusal && (await isGone())) || undefined)
  }

  history(place: ChatPlace, window: Window): Promise<ChatMessage[]> {
    return historyOf(this.client, place, window)
  }

  async react(): Promise<never> {
    throw new Error(String(capabilities.reactions))
  }

  async unreact(): Promise<never> {
    throw new Error(String(capabilities.reactions))
  }

  async thread(): Promise<never> {
    throw new Error(String(capabilities.threads))
  }

  /** Symphony has a category and no text. */
  async setPresence(presence: PresenceRequest): Promise<void> {
    const [{ id }, setAt] = [await this.me(), Date.now()]
    const shown = await this.client.people.setPresence(presence === 'an unknown value' ? 'DANCING' : CATEGORY[presence])
    assertAgrees('the bot’s presence', shown, { userId: Number(id) })
    this.presenceSetAt = setAt
    this.assertTime(shown, setAt)
  }

  /** @param since Unix milliseconds of this machine's clock */
  private assertTime({ timestamp }: { timestamp: number }, since: number): void {
    const tolerance = this.client.access.isLive ? CLOCK_TOLERANCE.live : CLOCK_TOLERANCE.sandbox
    if (timestamp >= since - tolerance && timestamp <= Date.now() + tolerance) return
    throw new ContractError('a presence', [`timestamp: is ${new Date(timestamp).toISOString()}`])
  }

  async setPresenceAs(name: string, presence: Presence): Promise<boolean> {
    const { control, people } = this.client.access
    if (!control) return false
    const { username } = await people.person(name)
    await control.post('/presences', { username, category: CATEGORY[presence] })
    return true
  }

  async members({ id }: ChatPlace): Promise<readonly string[]> {
    return this.client.streams.streamMembers(id)
  }

  async emailOf({ id }: ChatPerson): Promise<string | undefined> {
    return (await this.client.people.user({ uid: id }))?.emailAddress
  }

  async canSendAs(): Promise<boolean> {
    return this.client.access.control !== undefined
  }

  async ownPresence(): Promise<string> {
    return (await this.client.people.presenceOf((await this.me()).id)).category
  }

  async presenceOf({ id }: ChatPerson): Promise<Presence | undefined> {
    const shown = await this.client.people.presenceOf(id)
    this.assertTime(shown, id === (await this.me()).id ? this.presenceSetAt : 0)
    return presenceIn(shown.category)
  }

  async direct(people: readonly ChatPerson[]): Promise<ChatPlace> {
    return { kind: 'direct', id: await this.client.streams.conversation(people.map(({ id }) => id)) }
  }

  async listen(place: ChatPlace): Promise<ChatInbox> {
    return this.datafeed.listen(place, (await this.me()).id)
  }

  async sendAs(name: string, place: ChatPlace, content: Content): Promise<void> {
    const { control, people } = this.client.access
    if (!control) throw new Error(`Live, messages cannot be sent as ${name}.`)
    const { username } = await people.person(name)
    await control.post('/messages', { username, streamId: place.id, message: render(content) })
  }

  async close(): Promise<void> {
    await this.datafeed.close()
  }

  private async ownRoom(): Promise<ChatChannel> {
    const { access } = this.client
    const name = access.setting(ROOM_VARIABLE) ?? ''
    return findConfigured(ROOM_VARIABLE, async () => {
      const found = await configuredRoom(this.client, name)
      if (!found) throw new UsageError(`The bot finds no room "${name}": check its name, and that the bot is a member.`)
      assertSameRoom('the room of the tests', await this.client.streams.room(found.id), (await madeFor(access, 'Ada'))?.room)
      return found
    })
  }
}

/** Nothing where the read is refused, as that of a message that does not exist. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ApiError && error.isRefusal) return undefined
    throw error
  }
}
