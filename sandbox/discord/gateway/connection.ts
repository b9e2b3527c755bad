import type { RawData, WebSocket } from 'ws'
import { parseJson } from '../json'
import { type Compressor, compressor } from './compression'
import { CLOSE, type CloseReason, frame, Hangup, OP } from './frames'
import type { Hub } from './hub'
import type { Session } from './session'

const VERSIONS = ['9', '10']
const LONGEST_FRAME = 4_096
const MOST_FRAMES = 120
const MINUTE = 60_000
/** A heartbeat may be late by half an interval before the connection is closed. */
const HEARTBEATS_ALLOWED = 1.5

/** One WebSocket of a client: frames in and out, heartbeats, and the rules for every client. */
export class Connection {
  session: Session | undefined
  /** False: heartbeats are not acknowledged, as by a server that hangs. */
  acknowledges = true
  /** API version that the client requested. */
  readonly version: number
  private readonly received: number[] = []
  private readonly compressor: Compressor | undefined
  private watch: NodeJS.Timeout | undefined

  constructor(
    private readonly socket: WebSocket,
    query: URLSearchParams,
    private readonly hub: Hub,
  ) {
    this.version = Number(query.get('v') ?? 10)
    this.compressor = compressor(query.get('compress'))
    socket.on('message', (data) => this.take(data))
    socket.on('close', (code) => this.end(code))
    socket.on('error', () => socket.terminate())
    const unfit = misfit(query)
    if (unfit) this.close(unfit)
    else this.greet()
  }

  private greet(): void {
    this.write(frame(OP.HELLO, { heartbeat_interval: this.hub.options.heartbeatInterval, _trace: ['["acceptance-gateway"]'] }))
    this.expectHeartbeat()
  }

  write(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    if (!this.compressor) this.socket.send(text)
    else this.compressor.write(text, (chunk) => this.socket.send(chunk, { binary: true }))
  }

  close([code, words]: CloseReason): void {
    this.socket.close(code, words)
  }

  heartbeat(): void {
    this.expectHeartbeat()
    if (this.acknowledges) this.write(frame(OP.HEARTBEAT_ACK, null))
  }

  private expectHeartbeat(): void {
    clearTimeout(this.watch)
    const allowed = this.hub.options.heartbeatInterval * HEARTBEATS_ALLOWED
    this.watch = setTimeout(() => this.close(CLOSE.SESSION_TIMED_OUT), allowed).unref()
  }

  private take(data: RawData): void {
    try {
      this.count()
      const { op, d } = decode(data)
      this.hub.run(this, op, d)
    } catch (error) {
      this.close(error instanceof Hangup ? error.reason : CLOSE.UNKNOWN_ERROR)
    }
  }

  private count(): void {
    const now = Date.now()
    this.received.push(now)
    while ((this.received[0] ?? now) <= now - MINUTE) this.received.shift()
    if (this.received.length > MOST_FRAMES) throw new Hangup(CLOSE.RATE_LIMITED)
  }

  private end(code: number): void {
    clearTimeout(this.watch)
    this.compressor?.end()
    this.hub.closed(this, code)
  }
}

function misfit(query: URLSearchParams): CloseReason | undefined {
  if (!VERSIONS.includes(query.get('v') ?? '10')) return CLOSE.INVALID_VERSION
  return (query.get('encoding') ?? 'json') === 'json' ? undefined : CLOSE.DECODE_ERROR
}

/** @throws 4002 for a text that is too long, not JSON, or not a frame */
function decode(data: RawData): { op: number; d: unknown } {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
  if (bytes.length > LONGEST_FRAME) throw new Hangup(CLOSE.DECODE_ERROR)
  const parsed = tryParse(bytes.toString('utf8'))
  if (typeof parsed !== 'object' || parsed === null || !('op' in parsed)) throw new Hangup(CLOSE.DECODE_ERROR)
  const { op } = parsed
  if (typeof op !== 'number') throw new Hangup(CLOSE.DECODE_ERROR)
  return { op, d: 'd' in parsed ? parsed.d : null }
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    throw new Hangup(CLOSE.DECODE_ERROR)
  }
}
