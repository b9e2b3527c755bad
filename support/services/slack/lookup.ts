import { assertAgrees, assertExactly } from '../../assertions/agreement'
import type { ChatChannel, ChatPerson } from '../../chat/adapter'
import { findNamed, type Lookup, sameName } from '../../chat/lookup'
import { UsageError } from '../../config/errors'
import { SandboxPeople } from '../people'
import type { Credentials, ServiceAccess } from '../service'
import { isRefused, type SlackApi, settled } from './api'
import type { Identity, ListedChannel, ListedUser, SlackChannel, SlackUser } from './contract'
import * as contract from './contract'
import { toChatChannel, toChatPerson } from './parse'

const BOTH = 'public_channel,private_channel'
/** The maximum of one page: lists have the smallest rate limit of all. */
const PAGE = 999
/** An account of every workspace, which Slack does not mark as a bot. */
const SLACKBOT = 'USLACKBOT'
/** Names are in lower case, so none looks like an id. */
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

/** Accounts and channels, by id and by name. */
export class Directory {
  private known: Promise<Identity> | undefined

  constructor(
    private readonly access: ServiceAccess,
    private readonly api: SlackApi,
  ) {}

  /** The account and workspace of the token; they do not change while the token exists. */
  identity(): Promise<Identity> {
    this.known ??= this.readIdentity()
    return this.known
  }

  private async readIdentity(): Promise<Identity> {
    const identity = await this.api.call('auth.test', {}, contract.identity, 'the bot’s identity')
    const { userId, userName, botId, teamId, teamName, teamUrl } = await this.access.people.person('Ada')
    const made = { user_id: userId, user: userName, bot_id: botId, team_id: teamId, team: teamName, url: teamUrl }
    assertAgrees('the bot’s identity', identity, made)
    return identity
  }

  /** The bot's account, as its token identifies it. */
  async me(): Promise<ChatPerson> {
    const identity = await this.identity()
    const user = await this.user(identity.user_id)
    const { name, profile } = user
    assertAgrees('the account of the bot', { name, bot_id: profile.bot_id }, { name: identity.user, bot_id: identity.bot_id })
    assertMade(user, await this.access.people.person('Ada'), this.seesAddresses)
    return toChatPerson(user)
  }

  async person(id: string): Promise<ChatPerson> {
    return toChatPerson(await this.user(id))
  }

  /** As Slack describes them. */
  async user(id: string): Promise<SlackUser> {
    const { user } = await this.api.call('users.info', { user: id }, contract.oneUser, 'a person')
    assertAgrees('the requested user', user, { id })
    return user
  }

  async channel(id: string): Promise<ChatChannel> {
    return toChatChannel(await this.describedChannel(id))
  }

  /** As Slack describes it. */
  async describedChannel(id: string): Promise<SlackChannel> {
    const { channel } = await this.api.call('conversations.info', { channel: id }, contract.oneChannel, 'a channel')
    assertAgrees('the requested channel', channel, { id })
    return channel
  }

  private get seesAddresses(): boolean {
    return this.api.scopes?.includes('users:read.email') ?? false
  }

  /**
   * By handle before display name before real name, in any case; never a bot or a deactivated account. The match is read again by
   * id. Handles are unique, so the list is read no further once one matches.
   * @throws UsageError if several users match
   */
  async findPerson(name: string): Promise<ChatPerson | undefined> {
    const hasHandle = (user: ListedUser): boolean => isPerson(user) && sameName(user.name ?? '', name)
    const pages = { schema: contract.people, items: ({ members }: { members: ListedUser[] }) => members, enough: hasHandle }
    const all = await this.api.walk('users.list', { limit: PAGE }, pages)
    await this.assertAllListed(all)
    const found = findNamed(name, all.filter(isPerson), PEOPLE)
    if (!found) return undefined
    const user = await this.user(found.id)
    assertAgrees('an account in the list', fieldsOf(found), fieldsOf(user))
    return toChatPerson(user)
  }

  /** A sandbox's workspace has the people of the scenario, its bot and Slackbot. */
  private async assertAllListed(listed: readonly ListedUser[]): Promise<void> {
    const { people } = this.access
    if (!(people instanceof SandboxPeople)) return
    const made = await people.everyone()
    const all = new Set([...made.map(({ userId = '' }) => userId), SLACKBOT])
    for (const one of made) {
      const found = listed.find(({ id }) => id === one.userId)
      if (found) assertMade(found, one, this.seesAddresses)
    }
    assertExactly(
      'the accounts listed',
      listed.map(({ id }) => id),
      [...all],
    )
  }

  /** Among public channels and private ones the bot is in. @throws UsageError if several have that name */
  async findChannel(name: string): Promise<ChatChannel | undefined> {
    const all = await this.channels('conversations.list')
    const { channelIds } = await this.access.people.person('Ada')
    if (channelIds !== undefined)
      assertExactly(
        'the channels listed',
        all.map(({ id }) => id),
        channelIds.split(','),
      )
    const found = this.channelNamed(name, all)
    if (!found) return undefined
    const channel = await this.describedChannel(found.id)
    assertAgrees('a channel in the list', found, channelFields(channel))
    return toChatChannel(channel)
  }

  /** The account of a person: a sandbox returns its id; live it is looked up once for all callers. */
  async named(name: string): Promise<ChatPerson> {
    const credentials = await this.access.people.person(name)
    const { userId, userName = '' } = credentials
    if (userId === undefined) return this.access.once<ChatPerson>('person', userName)
    const user = await this.user(userId)
    assertMade(user, credentials, this.seesAddresses)
    return toChatPerson(user)
  }

  /** The channel that all scenarios write to: a sandbox returns its id; live it is looked up once for all callers. */
  async home(): Promise<ChatChannel> {
    const credentials = await this.access.people.person('Ada')
    const { channelId, channelName = '' } = credentials
    if (channelId === undefined) return this.access.once<ChatChannel>('channel', channelName)
    const channel = await this.describedChannel(channelId)
    assertMadeChannel(channel, credentials)
    return toChatChannel(channel)
  }

  /**
   * The person that a variable names, by id, handle, display name or real name.
   * @throws UsageError that says what to do if there is none
   */
  async configuredPerson(named: string): Promise<ChatPerson> {
    const found = PERSON_ID.test(named) ? await settled(() => this.person(named), 'user_not_found') : await this.findPerson(named)
    if (!found) throw new UsageError(`The workspace has no user "${named}": give a handle, display name or id, without the @.`)
    if (found.isBot || found.id === SLACKBOT) throw new UsageError(`"${named}" is a bot: give the name of a user.`)
    return found
  }

  /**
   * The channel that a variable names, by id or by name among those the bot is in.
   * @throws UsageError that says what to do if there is none
   */
  async configuredChannel(named: string): Promise<ChatChannel> {
    const found = CHANNEL_ID.test(named)
      ? await settled(() => this.channel(named), 'channel_not_found')
      : await this.channelOfBot(named)
    if (!found)
      throw new UsageError(`The bot is in no channel "${named}": check the name or id, and invite the bot there with /invite.`)
    return found
  }

  /** An archived channel can be read and not written to: it is returned only if no other has the name. */
  private channelNamed(name: string, all: readonly ListedChannel[]): ListedChannel | undefined {
    const active = all.filter(({ is_archived }) => !is_archived)
    return findNamed(name, active, CHANNELS) ?? findNamed(name, all, CHANNELS)
  }

  private async channelOfBot(name: string): Promise<ChatChannel | undefined> {
    const found = this.channelNamed(name, await this.channels('users.conversations'))
    return found && this.channel(found.id)
  }

  /** Only public channels if the bot may not list private ones. */
  private async channels(method: ListMethod, types = BOTH): Promise<ListedChannel[]> {
    const pages = { schema: contract.channels, items: ({ channels }: { channels: ListedChannel[] }) => channels }
    try {
      return await this.api.walk(method, { types, limit: PAGE }, pages)
    } catch (error) {
      const privateOnly = isRefused(error, 'missing_scope') && types === BOTH && this.api.scopes?.includes('channels:read')
      if (!privateOnly) throw error
      return this.channels(method, 'public_channel')
    }
  }
}

/** The fields of an account that a list contains as well, flattened. */
function fieldsOf({ id, name, team_id, real_name, deleted, is_bot, profile }: ListedUser | SlackUser): Record<string, unknown> {
  const { display_name, status_text, status_emoji, status_expiration, email, team, bot_id, title } = profile ?? {}
  return {
    ...{ id, name, team_id, real_name, deleted, is_bot, display_name, status_text, status_emoji, status_expiration },
    ...{ 'profile.real_name': profile?.real_name, email, team, bot_id, title },
  }
}

/** The fields of a channel that a list contains as well. */
export function channelFields({ id, name, is_private, is_archived, is_member, created, topic, purpose }: SlackChannel) {
  return { id, name, is_private, is_archived, is_member, created, topic, purpose }
}

/** On a sandbox, which returns what it created. */
function assertMade(user: SlackUser | ListedUser, made: Credentials, seesAddresses: boolean): void {
  const { userId, userName, realName, displayName, teamId, botId, email, title } = made
  if (userId === undefined) return
  assertAgrees('an account of the scenario', fieldsOf(user), {
    ...{ id: userId, name: userName, real_name: realName, 'profile.real_name': realName, display_name: displayName },
    ...{ team_id: teamId, team: teamId, is_bot: botId !== undefined, bot_id: botId, title, deleted: false },
    email: seesAddresses ? email : undefined,
  })
}

function assertMadeChannel(channel: SlackChannel, made: Credentials): void {
  const { topic, purpose, created, is_private, is_archived } = channel
  const described = {
    ...{ name: channel.name, topic: topic.value, purpose: purpose.value },
    ...{ created: String(created), isPrivate: String(is_private), isArchived: String(is_archived) },
  }
  assertAgrees('the channel of the scenario', described, {
    ...{ name: made.channelName, topic: made.channelTopic, purpose: made.channelPurpose },
    ...{ created: made.channelCreated, isPrivate: made.channelPrivate, isArchived: made.channelArchived },
  })
}

function isPerson({ id, deleted, is_bot }: ListedUser): boolean {
  return !deleted && !is_bot && id !== SLACKBOT
}
