import { addChannel } from './channels'
import type { Slack } from './context'
import type { AppRow, ChannelRow, Policy, TeamRow, TokenKind, TokenRow } from './model'
import { addUser } from './people'
import { residents } from './residents'
import { APP_SCOPES, BOT_SCOPES, USER_SCOPES } from './scopes'
import { SLACKBOT, type SlackStore } from './store'

const BOT = 'Ada'
const CHANNEL = 'acceptance'
const SURNAMES: Readonly<Record<string, string>> = { Ben: 'Okafor', Cleo: 'Marin', Dan: 'Lindqvist' }

/** Somebody to be made, and what is to be different about them or about what they find. */
export interface Wish {
  name: string
  /** Scopes the token goes without. */
  lacks?: string[]
  /** Scopes the token has beside the usual ones. */
  has?: string[]
  /** Not a member of the channel. */
  outside?: boolean
  /** About the channel. */
  private?: boolean
  archived?: boolean
  policy?: Policy
  /** About the app or the workspace. */
  commercial?: boolean
  restricted?: boolean
  requiresLimit?: boolean
  filesDisabled?: boolean
  /** About a human. */
  presence?: 'active' | 'away'
  deleted?: boolean
  invisible?: boolean
  admin?: boolean
}

export type Credentials = Record<string, Record<string, string>>

interface Workspace {
  team: TeamRow
  app: AppRow
  channel: ChannelRow
}

/** People of one group share a workspace with one app, whose bot Ada is; everybody else is a human with a user token. */
export function settleGroup(slack: Slack, group: string, wishes: readonly Wish[], { livedIn = false } = {}): Credentials {
  const { store } = slack
  const space = workspace(store, group)
  if (livedIn) residents(store, space.team, space.channel)
  return Object.fromEntries(
    wishes.map((wish) => [wish.name, wish.name === BOT ? bot(store, space, wish) : human(store, space, wish)]),
  )
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
  const team = store.addTeam({ id, group, name: 'Acceptance', domain, ...blank })
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
  const { id: me } = addUser(store, team, {
    id: app.botUserId,
    name: BOT.toLowerCase(),
    realName: BOT,
    isBot: true,
    botId: app.botId,
    appId: app.id,
    presence: 'away',
  })
  const general = addChannel(store, { teamId: id, kind: 'public', name: 'general', creator: SLACKBOT, members: [me] })
  general.general = true
  const channel = addChannel(store, { teamId: id, kind: 'public', name: CHANNEL, creator: SLACKBOT, members: [me] })
  channel.topic = { value: 'What the acceptance suite says', creator: SLACKBOT, last_set: store.now() }
  channel.purpose = { value: 'A place where the suite may write', creator: SLACKBOT, last_set: store.now() }
  return { team, app, channel }
}

function bot(store: SlackStore, { team, app, channel }: Workspace, wish: Wish): Record<string, string> {
  const { restricted = false, requiresLimit = false, filesDisabled = false, commercial = false } = wish
  Object.assign(team, { restricted, requiresLimit, filesDisabled })
  app.commercial = commercial
  shapeChannel(channel, wish)
  if (wish.outside) channel.members = channel.members.filter((id) => id !== app.botUserId)
  const who = { teamId: team.id, appId: app.id, userId: app.botUserId }
  const secret = store.secret(12)
  return {
    botToken: give(store, { ...who, kind: 'bot', token: `xoxb-${digits(team)}-${secret}` }, scopesOf(BOT_SCOPES, wish)),
    appToken: give(store, { ...who, kind: 'app', token: `xapp-1-${app.id}-${secret}` }, scopesOf(APP_SCOPES, wish)),
    userId: app.botUserId,
    botId: app.botId,
    appId: app.id,
    teamId: team.id,
    channelId: channel.id,
    channelName: channel.name,
  }
}

function shapeChannel(channel: ChannelRow, wish: Wish): void {
  channel.kind = wish.private ? 'private' : 'public'
  channel.archived = wish.archived ?? false
  channel.policy = wish.policy ?? 'open'
}

function human(store: SlackStore, { team, app, channel }: Workspace, wish: Wish): Record<string, string> {
  const name = wish.name.toLowerCase()
  const user = addUser(store, team, {
    name: `${name}.${(SURNAMES[wish.name] ?? 'guest').toLowerCase()}`,
    realName: `${wish.name} ${SURNAMES[wish.name] ?? 'Guest'}`,
    displayName: wish.name,
    email: `${name}@${team.domain}.example.com`,
    presence: wish.presence ?? 'active',
    deleted: wish.deleted ?? false,
    invisible: wish.invisible ?? false,
    isAdmin: wish.admin ?? false,
  })
  for (const one of store.channels(team.id)) if (one.general) one.members.push(user.id)
  if (!wish.outside) channel.members.push(user.id)
  const who = { teamId: team.id, appId: app.id, userId: user.id }
  return {
    userToken: give(
      store,
      { ...who, kind: 'user', token: `xoxp-${digits(team)}-${store.secret(16)}` },
      scopesOf(USER_SCOPES, wish),
    ),
    userId: user.id,
    userName: user.name,
    teamId: team.id,
    channelId: channel.id,
  }
}

function scopesOf(usual: readonly string[], { lacks = [], has = [] }: Wish): string[] {
  return [...usual.filter((scope) => !lacks.includes(scope)), ...has]
}

function give(store: SlackStore, fields: Omit<TokenRow, 'scopes' | 'state'> & { kind: TokenKind }, scopes: string[]): string {
  store.data.tokens.set(fields.token, { ...fields, scopes, state: 'good' })
  return fields.token
}

/** Tokens begin with numbers that stand for their workspace. */
function digits({ id }: TeamRow): string {
  return [...id].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 9_999_999_999, 7).toString()
}
