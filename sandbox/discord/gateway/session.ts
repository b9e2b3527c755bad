import type { Viewer } from '../context'
import { INTENTS } from '../intents'
import type { PresenceRow } from '../model'
import type { Connection } from './connection'
import { frame, OP } from './frames'

/** How many events are kept for a client that resumes. */
const REPLAYABLE = 5_000

/** One identified session: its presence, the events sent to it, and its connection while there is one. */
export class Session {
  /** The number of its latest event. */
  latest = 0
  private sent: { s: number; text: string }[] = []
  connection: Connection | undefined
  /** Set while no client is connected. */
  expiry: NodeJS.Timeout | undefined
  presence: PresenceRow = { status: 'offline', activities: [] }
  shownAt = 0

  constructor(
    readonly id: string,
    readonly botId: string,
    readonly token: string,
    readonly intents: number,
    readonly shard: readonly [number, number] | undefined,
  ) {}

  get viewer(): Viewer {
    return { id: this.botId, seesContent: (this.intents & INTENTS.MESSAGE_CONTENT) !== 0 }
  }

  shows(presence: PresenceRow): void {
    this.presence = presence
    this.shownAt = performance.now()
  }

  wants(intent: number): boolean {
    return intent === 0 || (this.intents & intent) !== 0
  }

  /** Guilds are distributed over shards by their id; direct messages belong to the first shard. */
  holds(guildId: string | null): boolean {
    if (!this.shard) return true
    const [id, count] = this.shard
    return guildId === null ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id
  }

  dispatch(event: string, data: unknown): void {
    const text = frame(OP.DISPATCH, data, ++this.latest, event)
    this.sent.push({ s: this.latest, text })
    if (this.sent.length > REPLAYABLE) this.sent.shift()
    this.connection?.write(text)
  }

  /** Whether all events after that number can still be replayed. */
  canReplay(seq: number): boolean {
    const oldest = this.sent[0]?.s ?? this.latest + 1
    return seq >= oldest - 1
  }

  replay(seq: number): void {
    for (const { s, text } of this.sent) if (s > seq) this.connection?.write(text)
    this.dispatch('RESUMED', { _trace: ['["acceptance-gateway"]'] })
  }
}
