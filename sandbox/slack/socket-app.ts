import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { Connection, type DisconnectReason, WARNED_FOR } from './socket-connection'

/** What of an envelope is given. */
export const givenEnvelope = {
  type: z.enum(['events_api', 'interactive', 'slash_commands']),
  payload: z.record(z.string(), z.unknown()),
  acceptsResponse: z.boolean().optional(),
}

type Given = z.output<z.ZodObject<typeof givenEnvelope>>

/** An envelope as it is sent; its first attempt has the number 0. */
const newEnvelope = ({ type, payload, acceptsResponse = false }: Given) => ({
  envelope_id: randomUUID(),
  type,
  accepts_response_payload: acceptsResponse,
  payload,
  retry_attempt: 0,
  retry_reason: '',
})

type Envelope = ReturnType<typeof newEnvelope>

/** Timing of redeliveries, in milliseconds. */
interface Redelivery {
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
const MOST_CONNECTIONS = 10

/** Socket Mode of one app: its connections, and its unacknowledged envelopes in order. */
export class AppSockets {
  /** False where Socket Mode is switched off. */
  isEnabled = true
  connections: readonly Connection[] = []
  private readonly entries = new Map<string, Entry>()
  private redelivery = USUAL
  /** False for an app that never had a connection: nothing is kept for it. */
  private isKept = false

  constructor(private readonly appId: string) {}

  get unacknowledged(): number {
    return this.entries.size
  }

  setRedelivery({ ack, retries }: { [K in keyof Redelivery]?: Redelivery[K] | undefined }): void {
    this.isKept = true
    this.redelivery = { ack: ack ?? this.redelivery.ack, retries: retries ?? this.redelivery.retries }
  }

  /** @param lifetime in milliseconds, until the warning */
  accept(socket: WebSocket, lifetime: number): void {
    const connection = new Connection(socket, lifetime)
    if (this.connections.length >= MOST_CONNECTIONS) {
      connection.end('too_many_websockets', 0)
      return
    }
    this.isKept = true
    this.connections = [...this.connections, connection]
    connection.onMessage(({ envelope_id = '' }) => this.acknowledge(String(envelope_id)))
    socket.on('close', () => {
      this.connections = this.connections.filter((other) => other !== connection)
      // Its unacknowledged envelopes are sent over another one, or wait for one.
      for (const entry of [...this.entries.values()]) if (entry.sentOver === connection) this.again(entry, 'connection_failed', 0)
    })
    connection.hello(this.appId, this.connections.length)
    this.flush()
  }

  /** Sends to exactly one connection; if there were connections and there are none now, keeps the envelope for the next one. */
  deliver(given: Given): void {
    if (!this.isKept) return
    const envelope = newEnvelope(given)
    const entry: Entry = { envelope, sentOver: undefined, timer: undefined, held: false, since: Date.now() }
    this.entries.set(envelope.envelope_id, entry)
    this.try(entry)
  }

  /** Sends `disconnect` over every connection and closes it after a while, or closes it without an announcement. */
  disconnect(how: DisconnectReason | 'cut', after?: number): void {
    for (const connection of this.connections) connection.end(how, after ?? (how === 'warning' ? WARNED_FOR : 0))
  }

  stop(): void {
    for (const { timer } of this.entries.values()) clearTimeout(timer)
    this.entries.clear()
    this.disconnect('cut')
  }

  private acknowledge(id: string): void {
    clearTimeout(this.entries.get(id)?.timer)
    this.entries.delete(id)
  }

  /** Sends waiting envelopes over a new connection, oldest first. */
  private flush(): void {
    for (const entry of [...this.entries.values()]) {
      if (Date.now() - entry.since > KEPT_FOR) this.acknowledge(entry.envelope.envelope_id)
      else if (entry.held) this.try(entry)
    }
  }

  private try(entry: Entry): void {
    clearTimeout(entry.timer)
    entry.sentOver = this.send(entry.envelope)
    entry.held = entry.sentOver === undefined
    if (entry.held) return
    entry.timer = setTimeout(() => this.late(entry), this.redelivery.ack).unref()
  }

  /** Uses connections in turn. @returns the connection used, or undefined where none is open */
  private send(envelope: Envelope): Connection | undefined {
    const connection = this.connections.find(({ isLeaving }) => !isLeaving) ?? this.connections[0]
    if (!connection) return undefined
    this.connections = [...this.connections.filter((other) => other !== connection), connection]
    connection.send(envelope)
    return connection
  }

  private late(entry: Entry): void {
    const { envelope_id, retry_attempt } = entry.envelope
    const pause = this.redelivery.retries[retry_attempt]
    if (pause === undefined) this.entries.delete(envelope_id)
    else this.again(entry, 'timeout', pause)
  }

  private again(entry: Entry, reason: string, pause: number): void {
    clearTimeout(entry.timer)
    entry.sentOver = undefined
    entry.envelope = { ...entry.envelope, retry_attempt: entry.envelope.retry_attempt + 1, retry_reason: reason }
    if (pause === 0) this.try(entry)
    else entry.timer = setTimeout(() => this.try(entry), pause).unref()
  }
}
