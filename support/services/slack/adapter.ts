import type {
  ActOptions,
  Capabilities,
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
import type { Digest } from '../../http/digest'
import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import { SlackApi } from './api'
import { sendAsBen, setPresenceOf } from './ben'
import * as contract from './contract'
import { isMarkedAway } from './conversations'
import { SocketModeClient } from './inbound'
import { Directory } from './lookup'
import { Messages } from './messages'
import { fileOf } from './parse'
import { Reactions } from './reactions'
import { expectedMarkup, expectedText, mrkdwn, withoutEmoji } from './render'

const FILES_READ = 'files:read'

/** Slack as the bot Ada sees it. */
export class SlackChat implements ChatAdapter {
  /** Also the maximum of an edit; a new message is truncated at ten times as much. */
  readonly longestMessage = 4_000
  /** A gigabyte: the suite sends no file of this size, only its announcement. */
  readonly largestFile = 1_024 ** 3
  readonly createsThreads = false
  readonly unknownIds = { person: 'U00NOBODY00', channel: 'C00NOWHERE0', message: '1000000000.000001' }
  readonly directory: Directory
  readonly reactions: Reactions
  private readonly messages: Messages
  private readonly socket: SocketModeClient
  /** By the id of a thread, the id of its first message's author. */
  private readonly threadAuthors = new Map<string, string>()
  private known: Promise<ChatPerson> | undefined
  private home: Promise<ChatChannel> | undefined

  private constructor(
    readonly access: ServiceAccess,
    readonly api: SlackApi,
    readonly can: Capabilities,
  ) {
    this.directory = new Directory(access, api)
    const me = async (): Promise<string> => (await this.me()).id
    this.messages = new Messages(api, me)
    this.reactions = new Reactions(api, this.messages, me)
    this.socket = new SocketModeClient(access)
  }

  static async of(access: ServiceAccess, can: Capabilities): Promise<SlackChat> {
    const { botToken } = await access.people.person('Ada')
    return new SlackChat(access, new SlackApi(access, botToken), can)
  }

  render(content: Content): string {
    return mrkdwn.render(content)
  }

  escape(text: string): string {
    return mrkdwn.escape(text)
  }

  expectedMarkup(content: Content): readonly string[] {
    return expectedMarkup(content)
  }

  expectedText(content: Content): string {
    return expectedText(content)
  }

  comparable(text: string): string {
    return withoutEmoji(text)
  }

  /** Live, Slack adds the app to messages that are sent with a user's token. */
  async expectedDetails({ by, place, files, replyTo, edited }: ExpectedMessage, message: ChatMessage): Promise<Details> {
    const [{ team_id, bot_id, url }, { id: author }] = await Promise.all([this.directory.identity(), this.person(by)])
    const thread = place.kind === 'thread' ? place.id : replyTo
    return {
      subtype: files.length > 0 ? 'file_share' : undefined,
      team: team_id,
      ...(by === 'Ada' ? { bot_id } : this.access.isLive ? {} : { bot_id: undefined }),
      'edited.user': edited ? author : undefined,
      thread_ts: thread,
      parent_user_id: thread === undefined ? undefined : this.threadAuthors.get(thread),
      files: files.map(({ name, type }, at) => {
        const { id = '', ...shown } = shownFile(message, at)
        const [permalink, address] = [`${url}files/${author}/${id}/`, `/files-pri/${team_id}-${id}/`]
        return {
          title: name,
          mimetype: type,
          user: author,
          permalink: isWithin(permalink, shown.permalink) ? shown.permalink : permalink,
          url_private: shown.url_private?.includes(address) ? shown.url_private : address,
          // Slack may omit where a file is shared.
          ...(shown.in ? { in: [conversationOf(place)] } : {}),
        }
      }),
    }
  }

  me(): Promise<ChatPerson> {
    this.known ??= this.access.isLive ? this.access.once<ChatPerson>('me') : this.directory.me()
    return this.known
  }

  person(name: string): Promise<ChatPerson> {
    return name === 'Ada' ? this.me() : this.directory.named(name)
  }

  channel(): Promise<ChatChannel> {
    this.home ??= this.directory.home()
    return this.home
  }

  fetchPerson(id: string): Promise<ChatPerson> {
    return this.directory.person(id)
  }

  fetchChannel(id: string): Promise<ChatChannel> {
    return this.directory.channel(id)
  }

  findPerson(name: string): Promise<ChatPerson | undefined> {
    return this.directory.findPerson(name)
  }

  findChannel(name: string): Promise<ChatChannel | undefined> {
    return this.directory.findChannel(name)
  }

  send(place: ChatPlace, content: Content, options?: SendOptions): Promise<ChatMessage> {
    const { replyTo } = options ?? {}
    if (replyTo && replyTo.replyTo === undefined) this.threadAuthors.set(replyTo.id, replyTo.author)
    return this.messages.send(place, content, options)
  }

  sendFiles(place: ChatPlace, files: readonly NewFile[], content: Content): Promise<ChatMessage> {
    return this.messages.sendFiles(place, files, content)
  }

  /** Without the scope to read files Slack responds with its sign-in page, so the scope is checked first. */
  async fileDigest(file: ChatFile): Promise<Digest> {
    const { scopes } = this.api
    if (scopes && !scopes.includes(FILES_READ)) throw missing(FILES_READ, scopes, fileOf(file).url)
    return this.api.digest(fileOf(file).url)
  }

  async announceFile(filename: string, length: number): Promise<void> {
    await this.api.call('files.getUploadURLExternal', { filename, length }, contract.announced, 'an upload URL')
  }

  read(place: ChatPlace, id: string): Promise<ChatMessage | undefined> {
    return this.messages.read(place, id)
  }

  edit(message: ChatMessage, content: Content): Promise<ChatMessage> {
    return this.messages.edit(message, content)
  }

  delete(message: ChatMessage, options?: ActOptions): Promise<void> {
    return this.messages.deleteWithFiles(message, options)
  }

  /** By place and id alone, for a bot that may not read what it wrote. @returns the id of the deleted message */
  deleteAt(place: ChatPlace, id: string): Promise<string> {
    return this.messages.delete(place, id)
  }

  history(place: ChatPlace, window: Window): Promise<ChatMessage[]> {
    return this.messages.history(place, window)
  }

  /** @param size maximum number of messages of one page */
  historyInPages(place: ChatPlace, limit: number, size: number): Promise<ChatMessage[]> {
    return this.messages.inPages(place, limit, size)
  }

  react({ place, id }: ChatMessage, reaction: Reaction, options?: ActOptions): Promise<void> {
    return this.reactions.add(place, id, reaction, options)
  }

  unreact({ place, id }: ChatMessage, reaction: Reaction, options?: ActOptions): Promise<void> {
    return this.reactions.remove(place, id, reaction, options)
  }

  async thread(message: ChatMessage): Promise<ChatPlace> {
    if (message.replyTo === undefined) this.threadAuthors.set(message.id, message.author)
    return { kind: 'thread', id: message.replyTo ?? message.id, parent: conversationOf(message.place) }
  }

  /**
   * A bot can only be away or not, and has no status text. An unknown value is sent after an accepted one, so that a refusal has
   * no other reason.
   */
  async setPresence(presence: PresenceRequest): Promise<void> {
    if (presence === 'an unknown value') {
      await this.putPresence(await this.ownPresence())
      return this.putPresence('asleep')
    }
    if (presence !== 'available' && presence !== 'away') throw new Error(`Slack has no presence "${presence}".`)
    await this.putPresence(presenceWord(presence))
  }

  setPresenceAs(name: string, presence: Presence): Promise<boolean> {
    return setPresenceOf(this, name, presence)
  }

  /** `auto` or `away`. */
  async putPresence(word: string): Promise<void> {
    await this.api.call('users.setPresence', { presence: word }, contract.done, 'a presence that was set')
  }

  async ownPresence(): Promise<string> {
    return presenceWord((await isMarkedAway(this)) ? 'away' : 'available')
  }

  /** For the bot itself: whether it has set itself to away, which its own call returns. */
  async presenceOf({ id }: ChatPerson): Promise<Presence> {
    if (id === (await this.me()).id) return (await isMarkedAway(this)) ? 'away' : 'available'
    const { presence } = await this.api.call('users.getPresence', { user: id }, contract.presence, 'a presence')
    return presence === 'active' ? 'available' : 'away'
  }

  async direct(people: readonly ChatPerson[]): Promise<ChatPlace> {
    const users = people.map(({ id }) => id).join(',')
    const { channel } = await this.api.call('conversations.open', { users }, contract.opened, 'a direct conversation')
    return { kind: 'direct', id: channel.id }
  }

  members({ id }: ChatPlace): Promise<readonly string[]> {
    const pages = { schema: contract.memberIds, items: ({ members }: { members: string[] }) => members }
    return this.api.walk('conversations.members', { channel: id }, pages)
  }

  async listen(place: ChatPlace): Promise<ChatInbox> {
    const identity = await this.directory.identity()
    return this.socket.listen(place, identity, this.api.scopes?.includes('app_mentions:read') ?? false)
  }

  async canSendAs(name: string): Promise<boolean> {
    const { control, people } = this.access
    return control !== undefined || (await people.person(name)).userToken !== undefined
  }

  async sendAs(name: string, place: ChatPlace, content: Content): Promise<void> {
    const { control, people } = this.access
    const { userId, userToken } = await people.person(name)
    if (!control) {
      if (!userToken) throw new Error(`Live, messages cannot be sent as ${name}.`)
      return sendAsBen(this, place, this.render(content))
    }
    const thread = place.kind === 'thread' ? { threadTs: place.id } : {}
    await control.post('/messages', { channelId: conversationOf(place), userId, text: this.render(content), ...thread })
  }

  close(): Promise<void> {
    return this.socket.close()
  }
}

interface ShownFile {
  id?: string
  permalink?: string
  url_private?: string
  in?: readonly string[]
}

function shownFile({ files, details }: ChatMessage, at: number): ShownFile {
  const file = files[at]
  const shown = (details?.files as readonly ShownFile[] | undefined)?.[at]
  return file ? { ...shown, id: fileOf(file).id } : {}
}

/** Whether a URL begins with this one, followed by one path segment of Slack's choice. */
function isWithin(start: string, address = ''): boolean {
  return address.startsWith(start) && /^[^/\s]+$/.test(address.slice(start.length))
}

/** Slack's names of the two presences that a bot can set. */
export function presenceWord(presence: string | undefined): string {
  return presence === 'away' ? 'away' : 'auto'
}

function conversationOf(place: ChatPlace): string {
  return place.kind === 'thread' ? (place.parent ?? '') : place.id
}

function missing(scope: string, scopes: readonly string[], path: string): ApiError {
  const says = `needs ${scope}, has ${scopes.join(',')}`
  return new ApiError({ service: 'slack', method: 'GET', path, status: 200, code: 'missing_scope', says, body: says, curl: '' })
}
