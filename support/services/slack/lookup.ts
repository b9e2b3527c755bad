import type { ChatChannel, ChatPerson } from '../../chat/adapter'
import { findNamed, type Lookup, sameName } from '../../chat/lookup'
import { UsageError } from '../../config/errors'
import type { ServiceAccess } from '../service'
import { isRefused, type SlackApi, settled } from './api'
import type { ListedChannel, ListedUser } from './contract'
import * as contract from './contract'
import { toChatChannel, toChatPerson } from './parse'

const BOTH = 'public_channel,private_channel'
/** The most that Slack puts on one page: lists have the smallest rate limit of all. */
const PAGE = 999
/** An account of every workspace, which Slack does not mark as a bot. */
const SLACKBOT = 'USLACKBOT'
/** Names are written in small letters, so none looks like an id. */
const PERSON_ID = /^[UW][A-Z0-9]{7,}$/
const CHANNEL_ID = /^[CG][A-Z0-9]{7,}$/

const PEOPLE: Lookup<ListedUser> = {
  ranks: [
    ({ name }) => name,
    ({ profile }) => profile?.display_name,
    ({ profile, real_name }) => profile?.real_name ?? real_name,
  ],
  describe: ({ id, name }) => `@${name ?? ''} (${id})`,
  instead: 'the handle or the id (U…)',
}

const CHANNELS: Lookup<ListedChannel> = {
  ranks: [({ name }) => name],
  describe: ({ id, name }) => `#${name ?? ''} (${id})`,
  instead: 'the id (C…)',
}

type ListMethod = 'conversations.list' | 'users.conversations'

/** Who and where: accounts and channels by id and by name. */
export class Directory {
  constructor(
    private readonly access: ServiceAccess,
    private readonly api: SlackApi,
  ) {}

  /** The bot as its token tells, and its account. */
  async me(): Promise<ChatPerson> {
    const { user_id } = await this.api.call('auth.test', {}, contract.identity, 'who the bot is')
    return this.person(user_id)
  }

  async person(id: string): Promise<ChatPerson> {
    return toChatPerson((await this.api.call('users.info', { user: id }, contract.oneUser, 'a person')).user)
  }

  async channel(id: string): Promise<ChatChannel> {
    return toChatChannel((await this.api.call('conversations.info', { channel: id }, contract.oneChannel, 'a channel')).channel)
  }

  /**
   * By handle before display name before real name, in any case; bots and deactivated accounts never. Whoever is found is asked for
   * again by id. A handle belongs to one person alone, so that the list is read no further once it is found.
   * @throws UsageError where several are called so
   */
  async findPerson(name: string): Promise<ChatPerson | undefined> {
    const hasHandle = (user: ListedUser): boolean => isPerson(user) && sameName(user.name ?? '', name)
    const pages = { schema: contract.people, items: ({ members }: { members: ListedUser[] }) => members, enough: hasHandle }
    const all = await this.api.walk('users.list', { limit: PAGE }, pages)
    const found = findNamed(name, all.filter(isPerson), PEOPLE)
    return found && this.person(found.id)
  }

  /** Among public channels and the private ones the bot is in. @throws UsageError where several have that name */
  async findChannel(name: string): Promise<ChatChannel | undefined> {
    return this.channelNamed(name, await this.channels('conversations.list'))
  }

  /** The account behind a name: the sandbox tells its id; live it is looked for once for all who ask. */
  async named(name: string): Promise<ChatPerson> {
    const { userId, userName = '' } = await this.access.people.person(name)
    if (userId !== undefined) return this.person(userId)
    return this.access.once<ChatPerson>('person', userName)
  }

  /** The channel all scenarios write to: the sandbox tells its id; live it is looked for once for all who ask. */
  async home(): Promise<ChatChannel> {
    const { channelId, channelName = '' } = await this.access.people.person('Ada')
    if (channelId !== undefined) return this.channel(channelId)
    return this.access.once<ChatChannel>('channel', channelName)
  }

  /** The person whom a variable names, by id, handle, display name or real name. @throws UsageError saying what to do where there is none */
  async configuredPerson(named: string): Promise<ChatPerson> {
    const found = PERSON_ID.test(named) ? await settled(() => this.person(named), 'user_not_found') : await this.findPerson(named)
    if (!found)
      throw new UsageError(`Nobody in the workspace is called "${named}": give a handle, display name or id, without the @.`)
    if (found.isBot || found.id === SLACKBOT) throw new UsageError(`"${named}" is a bot; it has to be a person.`)
    return found
  }

  /** The channel that a variable names, by id or by its name among those the bot is in. @throws UsageError saying what to do where there is none */
  async configuredChannel(named: string): Promise<ChatChannel> {
    const found = CHANNEL_ID.test(named)
      ? await settled(() => this.channel(named), 'channel_not_found')
      : await this.channelNamed(named, await this.channels('users.conversations'))
    if (!found)
      throw new UsageError(
        `The bot is in no channel called "${named}": check the name or id, and write /invite and the bot’s name there.`,
      )
    return found
  }

  /** A channel that is archived can be read and not written to: it is taken only where no other has the name. */
  private async channelNamed(name: string, all: readonly ListedChannel[]): Promise<ChatChannel | undefined> {
    const active = all.filter(({ is_archived }) => !is_archived)
    const found = findNamed(name, active, CHANNELS) ?? findNamed(name, all, CHANNELS)
    return found && this.channel(found.id)
  }

  /** Public channels alone where the bot may not see private ones. */
  private async channels(method: ListMethod, types = BOTH): Promise<ListedChannel[]> {
    const pages = { schema: contract.channels, items: ({ channels }: { channels: ListedChannel[] }) => channels }
    try {
      return await this.api.walk(method, { types, exclude_archived: false, limit: PAGE }, pages)
    } catch (error) {
      const privateOnly = isRefused(error, 'missing_scope') && types === BOTH && this.api.scopes?.includes('channels:read')
      if (!privateOnly) throw error
      return this.channels(method, 'public_channel')
    }
  }
}

function isPerson({ id, deleted, is_bot }: ListedUser): boolean {
  return !deleted && !is_bot && id !== SLACKBOT
}
