import { z } from 'zod'
import type { Slack } from './context'
import { type AppRow, type ChannelRow, POLICIES, type TeamRow, type TokenRow } from './model'
import { addChannel, addUser } from './rows'
import { addSample } from './sample'
import { SLACKBOT, type SlackStore } from './store'

const BOT = 'Ada'
const CHANNEL = 'acceptance'
const SURNAMES: Readonly<Record<string, string>> = { Ben: 'Okafor', Cleo: 'Marin', Dan: 'Lindqvist' }

/** Default scopes of a bot. */
const BOT_SCOPES = [
  ...['app_mentions:read', 'channels:history', 'channels:join', 'channels:manage', 'channels:read', 'chat:write'],
  ...['emoji:read', 'files:read', 'files:write', 'groups:history', 'groups:read', 'groups:write', 'im:history', 'im:read'],
  ...['im:write', 'mpim:history', 'mpim:read', 'mpim:write', 'reactions:read', 'reactions:write', 'team:read', 'users:read'],
  ...['users:read.email', 'users:write', 'users.profile:read'],
]
const USER_SCOPES = [
  ...['channels:history', 'channels:read', 'channels:write', 'chat:write', 'files:read', 'files:write', 'groups:history'],
  ...['groups:read', 'groups:write', 'im:history', 'im:read', 'im:write', 'mpim:history', 'mpim:read', 'mpim:write'],
  ...['reactions:read', 'reactions:write', 'users:read', 'users:read.email', 'users:write', 'users.profile:read'],
  'users.profile:write',
]
const APP_SCOPES = ['connections:write']

/** Options of a new person, their app, channel and workspace. */
export const person = z.strictObject({
  name: z.string().min(1),
  /** Scopes that the token lacks. */
  lacks: z.array(z.string()).default([]),
  /** Scopes of the token in addition to the default ones. */
  has: z.array(z.string()).default([]),
  /** Not a member of the channel. */
  outside: z.boolean().default(false),
  /** About the channel. */
  private: z.boolean().default(false),
  archived: z.boolean().default(false),
  policy: z.enum(POLICIES).default('open'),
  /** About the app or the workspace. */
  commercial: z.boolean().default(false),
  restricted: z.boolean().default(false),
  requiresLimit: z.boolean().default(false),
  filesDisabled: z.boolean().default(false),
  /** About a human. */
  presence: z.enum(['active', 'away']).default('active'),
  deleted: z.boolean().default(false),
  invisible: z.boolean().default(false),
  admin: z.boolean().default(false),
})

type PersonOptions = z.output<typeof person>

interface Workspace {
  team: TeamRow
  app: AppRow
  channel: ChannelRow
}

/** People of one group share a workspace with one app, whose bot is Ada; everyone else is a human with a user token. */
export function addPeople({ store }: Slack, group: string, people: readonly PersonOptions[], { sample = false } = {}) {
  const space = workspace(store, group)
  if (sample) addSample(store, space.team, space.channel)
  return Object.fromEntries(people.map((one) => [one.name, one.name === BOT ? bot(store, space, one) : human(store, space, one)]))
}

function workspace(store: SlackStore, group: string): Workspace {
  const known = [...store.data.teams.values()].find((team) => team.group === group)
  const [app] = known ? store.apps(known.id) : []
  const channel = known && store.channels(known.id).find(({ name }) => name === CHANNEL)
  return known && app && channel ? { team: known, app, channel } : found(store, group)
}

function found(store: SlackStore, group: string): Workspace {
  const id = store.id('T')
  const domain = `acceptance-${id.slice(1, 7).toLowerCase()}`
  const blank = { requiresLimit: false, restricted: false, filesDisabled: false }
  const team = { id, group, name: 'Acceptance', domain, ...blank }
  store.data.teams.set(id, team)
  addUser(store, team, { id: SLACKBOT, name: 'slackbot', realName: 'Slackbot', displayName: 'Slackbot', alwaysActive: true })
  const app: AppRow = {
    id: store.id('A'),
    teamId: id,
    name: BOT,
    botId: store.id('B'),
    botUserId: store.id('U'),
    updated: store.now(),
    commercial: false,
  }
  store.data.apps.set(app.id, app)
  const account = { name: BOT.toLowerCase(), realName: BOT, isBot: true, botId: app.botId, appId: app.id }
  const me = addUser(store, team, { ...account, id: app.botUserId, presence: 'away' }).id
  const open = { teamId: id, kind: 'public', creator: SLACKBOT } as const
  addChannel(store, { ...open, name: 'general', members: [me], general: true })
  const note = (value: string) => ({ value, creator: SLACKBOT, last_set: store.now() })
  const channel = addChannel(store, {
    ...open,
    name: CHANNEL,
    members: [me],
    topic: note('What the acceptance suite says'),
    purpose: note('A place where the suite may write'),
  })
  return { team, app, channel }
}

function bot(store: SlackStore, { team, app, channel }: Workspace, options: PersonOptions): Record<string, string> {
  const { restricted, requiresLimit, filesDisabled, commercial, archived, policy } = options
  Object.assign(team, { restricted, requiresLimit, filesDisabled })
  app.commercial = commercial
  Object.assign(channel, { archived, policy, kind: options.private ? 'private' : 'public' })
  if (options.outside) channel.members = channel.members.filter((id) => id !== app.botUserId)
  const who = { teamId: team.id, appId: app.id, userId: app.botUserId }
  const secret = store.secret(12)
  return {
    botToken: give(store, { ...who, kind: 'bot', token: `xoxb-${digits(team)}-${secret}` }, scopesOf(BOT_SCOPES, options)),
    appToken: give(store, { ...who, kind: 'app', token: `xapp-1-${app.id}-${secret}` }, scopesOf(APP_SCOPES, options)),
    userId: app.botUserId,
    userName: BOT.toLowerCase(),
    realName: BOT,
    displayName: '',
    title: '',
    botId: app.botId,
    appId: app.id,
    ...teamOf(team),
    ...channelOf(channel),
    channelIds: store
      .channels(team.id)
      .map(({ id }) => id)
      .join(),
  }
}

const teamOf = ({ id, name, domain }: TeamRow) => ({ teamId: id, teamName: name, teamUrl: `https://${domain}.slack.com/` })

const channelOf = ({ id, name, topic, purpose, created, kind, archived }: ChannelRow) => ({
  channelId: id,
  channelName: name,
  channelTopic: topic.value,
  channelPurpose: purpose.value,
  channelCreated: String(created),
  channelPrivate: String(kind === 'private'),
  channelArchived: String(archived),
})

function human(store: SlackStore, { team, app, channel }: Workspace, options: PersonOptions): Record<string, string> {
  const name = options.name.toLowerCase()
  const user = addUser(store, team, {
    name: `${name}.${(SURNAMES[options.name] ?? 'guest').toLowerCase()}`,
    realName: `${options.name} ${SURNAMES[options.name] ?? 'Guest'}`,
    displayName: options.name,
    email: `${name}@${team.domain}.example.com`,
    presence: options.presence,
    deleted: options.deleted,
    invisible: options.invisible,
    isAdmin: options.admin,
  })
  for (const one of store.channels(team.id)) if (one.general) one.members.push(user.id)
  if (!options.outside) channel.members.push(user.id)
  const who = { teamId: team.id, appId: app.id, userId: user.id }
  return {
    userToken: give(
      store,
      { ...who, kind: 'user', token: `xoxp-${digits(team)}-${store.secret(16)}` },
      scopesOf(USER_SCOPES, options),
    ),
    userId: user.id,
    userName: user.name,
    realName: user.realName,
    displayName: user.displayName,
    email: user.email ?? '',
    title: user.title,
    teamId: team.id,
    channelId: channel.id,
  }
}

function scopesOf(usual: readonly string[], { lacks, has }: PersonOptions): string[] {
  return [...usual.filter((scope) => !lacks.includes(scope)), ...has]
}

function give(store: SlackStore, fields: Omit<TokenRow, 'scopes' | 'state'>, scopes: string[]): string {
  store.data.tokens.set(fields.token, { ...fields, scopes, state: 'good' })
  return fields.token
}

/** Tokens begin with numbers that identify their workspace. */
function digits({ id }: TeamRow): string {
  return [...id].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 9_999_999_999, 7).toString()
}
