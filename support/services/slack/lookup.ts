import type { ChatChannel, ChatPerson } from '../../chat/adapter'
import type { ServiceAccess } from '../service'
import { isRefused, type SlackApi } from './api'
import * as contract from './contract'
import { channelOf, namesOf, personOf } from './parse'

const BOTH = 'public_channel,private_channel'

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
    return personOf((await this.api.call('users.info', { user: id }, contract.oneUser, 'a person')).user)
  }

  async channel(id: string): Promise<ChatChannel> {
    return channelOf((await this.api.call('conversations.info', { channel: id }, contract.oneChannel, 'a channel')).channel)
  }

  /** By handle, display or real name, in any case; whoever is found is asked for again by id. */
  async findPerson(name: string): Promise<ChatPerson | undefined> {
    const wanted = name.toLowerCase()
    const fits = (user: contract.SlackUser): boolean => !user.deleted && namesOf(user).includes(wanted)
    const all = await this.api.walk('users.list', {}, { schema: contract.people, items: ({ members }) => members, enough: fits })
    const found = all.find(fits)
    return found && this.person(found.id)
  }

  /** Among public channels and the private ones the bot is in; the former alone where it may not see the latter. */
  async findChannel(name: string): Promise<ChatChannel | undefined> {
    const wanted = name.toLowerCase()
    const fits = (channel: contract.SlackChannel): boolean => channel.name.toLowerCase() === wanted
    const found = (await this.channels(BOTH, fits)).find(fits)
    return found && this.channel(found.id)
  }

  /** The account behind a name: the sandbox tells its id; live it is looked for by its handle, once for all who ask. */
  async named(name: string): Promise<ChatPerson> {
    const { userId, userName = '' } = await this.access.people.person(name)
    if (userId !== undefined) return this.person(userId)
    return this.access.once<ChatPerson>('person', userName)
  }

  /** The channel all scenarios write to, by its name. */
  async home(): Promise<ChatChannel> {
    const { channelName = '' } = await this.access.people.person('Ada')
    return this.access.isLive ? this.access.once<ChatChannel>('channel', channelName) : this.mustFind(channelName)
  }

  /** @throws saying what to do where there is no such channel */
  async mustFind(channelName: string): Promise<ChatChannel> {
    const found = await this.findChannel(channelName)
    if (!found) throw new Error(`The bot sees no channel called "${channelName}": check the name, and invite the bot to it.`)
    return found
  }

  private async channels(types: string, enough: (channel: contract.SlackChannel) => boolean): Promise<contract.SlackChannel[]> {
    const pages = { schema: contract.channels, items: ({ channels }: { channels: contract.SlackChannel[] }) => channels, enough }
    try {
      return await this.api.walk('conversations.list', { types, exclude_archived: false }, pages)
    } catch (error) {
      const privateOnly = isRefused(error, 'missing_scope') && types === BOTH && this.api.scopes?.includes('channels:read')
      if (!privateOnly) throw error
      return this.channels('public_channel', enough)
    }
  }
}
