import { type ChannelRow, type MessageRow, NEW_USER, type TeamRow, type UserRow } from './model'
import { type SlackStore, userKey } from './store'

const NOTE = { value: '', creator: '', last_set: 0 }

type NewUser = Partial<UserRow> & Pick<UserRow, 'name' | 'realName'>

/** A user of a workspace, with defaults for all fields that are not given. */
export function addUser(store: SlackStore, team: TeamRow, fields: NewUser): UserRow {
  const user: UserRow = { id: store.id('U'), teamId: team.id, ...structuredClone(NEW_USER), updated: store.now(), ...fields }
  store.data.users.set(userKey(user), user)
  return user
}

type NewChannel = Partial<ChannelRow> & Pick<ChannelRow, 'teamId' | 'kind' | 'name' | 'creator' | 'members'>

export function addChannel(store: SlackStore, given: NewChannel): ChannelRow {
  const { kind, creator } = given
  const channel: ChannelRow = {
    id: store.id(kind === 'im' ? 'D' : 'C'),
    created: store.now(),
    updated: Date.now(),
    topic: { ...NOTE },
    purpose: { ...NOTE },
    archived: false,
    general: false,
    policy: 'open',
    openFor: isDirect(given) ? [creator] : [],
    ...given,
  }
  store.data.channels.set(channel.id, channel)
  return channel
}

export function isDirect({ kind }: Pick<ChannelRow, 'kind'>): boolean {
  return kind === 'im' || kind === 'mpim'
}

/** The direct conversation of exactly these people, created where there is none. */
export function directWith(store: SlackStore, creator: UserRow, others: readonly UserRow[]) {
  const known = existingDirect(store, creator, others)
  if (known) return { channel: known, made: false }
  const people = [creator, ...others]
  const kind = others.length === 1 ? 'im' : 'mpim'
  const name = kind === 'im' ? '' : `mpdm-${people.map((user) => user.name).join('--')}-1`
  const members = [...new Set(people.map(({ id }) => id))]
  return { channel: addChannel(store, { teamId: creator.teamId, kind, name, creator: creator.id, members }), made: true }
}

export function existingDirect(store: SlackStore, creator: UserRow, others: readonly UserRow[]): ChannelRow | undefined {
  const wanted = membersKey([creator.id, ...others.map(({ id }) => id)])
  const kind = others.length === 1 ? 'im' : 'mpim'
  return store.channels(creator.teamId).find((channel) => channel.kind === kind && membersKey(channel.members) === wanted)
}

function membersKey(ids: readonly string[]): string {
  return [...new Set(ids)].sort().join(' ')
}

export type NewMessage = Partial<MessageRow> & Pick<MessageRow, 'channelId' | 'userId' | 'text'>

/** A message with author and text only; callers add other fields. */
export function newMessage(store: SlackStore, fields: NewMessage): MessageRow {
  return {
    ts: fields.ts ?? store.ts(),
    broadcast: false,
    locked: false,
    reactions: [],
    fileIds: [],
    ...fields,
  }
}

/** A message of Slack itself about a channel or a deleted message: it has no blocks and cannot have replies. */
export function isNotice({ subtype }: MessageRow): boolean {
  return subtype !== undefined && /^channel_|^tombstone$/.test(subtype)
}
