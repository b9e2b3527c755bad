import { seededBytes } from '../kit/ids'
import { State } from '../kit/state'
import type { AppRow, ChannelRow, FileRow, MessageRow, SlackData, TeamRow, UserRow } from './model'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const ID_LENGTH = 10

/** The account that every workspace has. */
export const SLACKBOT = 'USLACKBOT'

/** The state of one Slack, and the queries that all methods share. */
export class SlackStore {
  readonly state = new State<SlackData>({
    teams: new Map(),
    apps: new Map(),
    tokens: new Map(),
    users: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    emoji: new Map(),
  })
  /** The server's origin, e.g. `http://127.0.0.1:4104`, with which addresses of files and uploads begin. */
  origin = ''
  private readonly bytes: (length: number) => Buffer
  private latest = 0

  constructor(seed: string) {
    this.bytes = seededBytes(seed)
  }

  get data(): SlackData {
    return this.state.now
  }

  /** @param prefix by kind of thing: `T`, `U`, `B`, `A`, `C`, `G`, `D`, `F`, `Ev` */
  id(prefix: string): string {
    return prefix + this.letters(ID_LENGTH)
  }

  letters(length: number): string {
    return [...this.bytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  }

  secret(length = 24): string {
    return this.bytes(length).toString('hex')
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(Date.now() / 1_000)
  }

  /** `seconds.microseconds` with six digits; strictly increasing. */
  ts(): string {
    this.latest = Math.max(Math.floor(Date.now() * 1_000), this.latest + 1)
    const digits = String(this.latest)
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`
  }

  team(id: string): TeamRow {
    return must(this.data.teams.get(id), `team ${id}`)
  }

  app(id: string): AppRow {
    return must(this.data.apps.get(id), `app ${id}`)
  }

  user(id: string): UserRow {
    return must(this.data.users.get(id), `user ${id}`)
  }

  /** A user of this workspace, or undefined. */
  member(teamId: string, id: string): UserRow | undefined {
    const user = this.data.users.get(userKey({ id, teamId }))
    return user?.teamId === teamId ? user : undefined
  }

  members(teamId: string): UserRow[] {
    return [...this.data.users.values()].filter((user) => user.teamId === teamId)
  }

  apps(teamId: string): AppRow[] {
    return [...this.data.apps.values()].filter((app) => app.teamId === teamId)
  }

  channel(id: string): ChannelRow | undefined {
    return this.data.channels.get(id)
  }

  channels(teamId: string): ChannelRow[] {
    return [...this.data.channels.values()].filter((channel) => channel.teamId === teamId)
  }

  /** Every message of a channel, oldest first. */
  messages(channelId: string): MessageRow[] {
    const known = this.data.messages.get(channelId)
    if (known) return known
    const fresh: MessageRow[] = []
    this.data.messages.set(channelId, fresh)
    return fresh
  }

  message(channelId: string, ts: string): MessageRow | undefined {
    return this.messages(channelId).find((message) => message.ts === ts)
  }

  repliesTo(channelId: string, ts: string): MessageRow[] {
    return this.messages(channelId).filter((message) => message.threadTs === ts)
  }

  file(teamId: string, id: string): FileRow | undefined {
    const file = this.data.files.get(id)
    return file?.teamId === teamId ? file : undefined
  }

  addMessage(message: MessageRow): MessageRow {
    this.messages(message.channelId).push(message)
    return message
  }
}

/** Slackbot has the same id in every workspace. */
export function userKey({ id, teamId }: Pick<UserRow, 'id' | 'teamId'>): string {
  return id === SLACKBOT ? `${SLACKBOT} ${teamId}` : id
}

function must<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`The sandbox lost ${what}.`)
  return thing
}
