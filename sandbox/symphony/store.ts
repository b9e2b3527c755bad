import { seededBytes } from '../kit/ids'
import { State } from '../kit/state'
import { badRequest, noMember, noStream } from './errors'
import type { MessageRow, Room, StreamRow, SymphonyData, UserRow } from './model'

/** User ids are int64; these stay below 2^53, so that clients in any language read them exactly. */
const FIRST_USER = 349_026_222_342_100

/** The state of one Symphony, and the queries that all routes share. */
export class SymphonyStore {
  readonly state = new State<SymphonyData>({
    users: new Map(),
    sessions: new Map(),
    streams: new Map(),
    messages: new Map(),
    attachments: new Map(),
    feeds: new Map(),
  })
  private readonly bytes: (length: number) => Buffer
  private latest = 0
  private people = 0

  constructor(seed: string) {
    this.bytes = seededBytes(`${seed}:ids`)
  }

  get data(): SymphonyData {
    return this.state.now
  }

  /** Strictly increasing, so that the order of messages is always defined. */
  now(): number {
    this.latest = Math.max(Date.now(), this.latest + 1)
    return this.latest
  }

  /** Base64 in the URL-safe alphabet without padding, as ids of streams and messages are. */
  id(bytes = 24): string {
    return this.bytes(bytes).toString('base64url')
  }

  nextUserId(): number {
    return FIRST_USER + ++this.people
  }

  user(id: number): UserRow | undefined {
    return this.data.users.get(id)
  }

  usernamed(username: string): UserRow | undefined {
    return [...this.data.users.values()].find((user) => user.username === username)
  }

  podOf(pod: string): UserRow[] {
    return [...this.data.users.values()].filter((user) => user.pod === pod)
  }

  /** A user of the viewer's pod, by an id from a path, a query or a body. */
  someone(viewer: UserRow, id: unknown): UserRow | undefined {
    const isId = typeof id === 'number' || (typeof id === 'string' && /^\d+$/.test(id))
    const found = isId ? this.user(Number(id)) : undefined
    return found?.pod === viewer.pod ? found : undefined
  }

  /** The same. @throws 400 where there is none */
  existing(viewer: UserRow, id: unknown): UserRow {
    const user = this.someone(viewer, id)
    if (!user) throw badRequest(`No user has the id ${String(id)}`)
    return user
  }

  /** @throws 400 for an id that is not a stream of the viewer's pod */
  stream(viewer: UserRow, id: string): StreamRow {
    const stream = this.data.streams.get(id)
    if (!stream || stream.pod !== viewer.pod) throw noStream(id)
    return stream
  }

  /** @throws 400 for a stream that does not exist or is not a room */
  room(viewer: UserRow, id: string): Room {
    const stream = this.stream(viewer, id)
    if (!isRoom(stream)) throw badRequest(`The stream ${id} is not a room`)
    return stream
  }

  /** A stream that the viewer may read. @throws 400; 403 */
  joinedStream(viewer: UserRow, id: string): StreamRow {
    const stream = this.stream(viewer, id)
    mayRead(viewer, stream)
    return stream
  }

  /** In a room without visible history, a member sees the messages since joining. @returns epoch milliseconds */
  seesFrom(viewer: UserRow, { room, members }: StreamRow): number {
    return room?.viewHistory === false ? (members.get(viewer.id)?.joinDate ?? 0) : 0
  }

  /** Only visible messages: neither suppressed nor replaced by a newer version. */
  shownIn(streamId: string): MessageRow[] {
    return [...this.data.messages.values()].filter((message) => message.streamId === streamId && isShown(message))
  }

  /** A message that the viewer may read. */
  message(viewer: UserRow, id: string): MessageRow | undefined {
    const message = this.data.messages.get(id)
    const stream = message && this.data.streams.get(message.streamId)
    return stream?.pod === viewer.pod ? message : undefined
  }
}

/** @throws 403 for a user who may neither post nor read there */
export function mayRead(user: UserRow, { members, room }: StreamRow): void {
  if (!members.has(user.id) && !room?.public) throw noMember()
}

export function isRoom(stream: StreamRow): stream is Room {
  return stream.room !== null
}

export function isShown({ suppressedAt, replacedBy }: MessageRow): boolean {
  return suppressedAt === null && replacedBy === null
}
