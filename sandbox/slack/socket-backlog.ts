import type { Connection } from './socket-connection'

export interface Envelope {
  id: string
  type: string
  payload: Record<string, unknown>
  acceptsResponse: boolean
  /** 0 for the first attempt. */
  attempt: number
  reason: string
}

/** Timing of redeliveries, in milliseconds. */
export interface Redelivery {
  /** Timeout of an acknowledgement. */
  ack: number
  /** The pause before each redelivery; after the last the envelope is dropped. */
  retries: readonly number[]
}

interface Entry {
  envelope: Envelope
  sentOver: Connection | undefined
  timer: NodeJS.Timeout | undefined
  /** Waits for a connection. */
  held: boolean
  since: number
}

/** Slack's timing: three seconds to acknowledge; redelivery almost at once, after one minute, after five minutes. */
const USUAL: Redelivery = { ack: 3_000, retries: [50, 60_000, 300_000] }

/** If an app does not connect before the last attempt, nothing more is kept for it. */
const KEPT_FOR = 7 * 60_000

/** The unacknowledged envelopes of one app, in order. */
export class Backlog {
  private readonly entries = new Map<string, Entry>()
  private redelivery = USUAL

  /** @param send over one of the app's connections, which it returns; undefined where there is none */
  constructor(private readonly send: (envelope: Envelope) => Connection | undefined) {}

  get size(): number {
    return this.entries.size
  }

  setRedelivery({ ack, retries }: { [K in keyof Redelivery]?: Redelivery[K] | undefined }): void {
    this.redelivery = { ack: ack ?? this.redelivery.ack, retries: retries ?? this.redelivery.retries }
  }

  add(envelope: Envelope): void {
    const entry: Entry = { envelope, sentOver: undefined, timer: undefined, held: false, since: Date.now() }
    this.entries.set(envelope.id, entry)
    this.try(entry)
  }

  acknowledge(id: string): void {
    clearTimeout(this.entries.get(id)?.timer)
    this.entries.delete(id)
  }

  /** Sends waiting envelopes over a new connection, oldest first. */
  flush(): void {
    for (const entry of [...this.entries.values()]) {
      if (Date.now() - entry.since > KEPT_FOR) this.acknowledge(entry.envelope.id)
      else if (entry.held) this.try(entry)
    }
  }

  /** Unacknowledged envelopes of a closed connection are sent over another one, or wait for one. */
  lost(connection: Connection): void {
    for (const entry of [...this.entries.values()]) if (entry.sentOver === connection) this.again(entry, 'connection_failed', 0)
  }

  stop(): void {
    for (const { timer } of this.entries.values()) clearTimeout(timer)
    this.entries.clear()
  }

  private try(entry: Entry): void {
    clearTimeout(entry.timer)
    entry.sentOver = this.send(entry.envelope)
    entry.held = entry.sentOver === undefined
    if (entry.held) return
    entry.timer = setTimeout(() => this.late(entry), this.redelivery.ack).unref()
  }

  private late(entry: Entry): void {
    const pause = this.redelivery.retries[entry.envelope.attempt]
    if (pause === undefined) this.entries.delete(entry.envelope.id)
    else this.again(entry, 'timeout', pause)
  }

  private again(entry: Entry, reason: string, pause: number): void {
    clearTimeout(entry.timer)
    entry.sentOver = undefined
    entry.envelope = { ...entry.envelope, attempt: entry.envelope.attempt + 1, reason }
    if (pause === 0) this.try(entry)
    else entry.timer = setTimeout(() => this.try(entry), pause).unref()
  }
}
