import type { RawData, WebSocket } from 'ws'

export const DISCONNECT_REASONS = ['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'] as const
export type DisconnectReason = (typeof DISCONNECT_REASONS)[number]

const PING_EVERY = 10_000
/** Time between the warning and the end of a connection. */
export const WARNED_FOR = 10_000
const HOST = 'applink-sandbox'

/** One WebSocket of an app: sends `hello` and pings, and closes on request or at the end of its lifetime. */
export class Connection {
  /** True once its disconnect was announced: new envelopes are sent over another connection if there is one. */
  isLeaving = false
  private readonly started = new Date().toISOString()

  /** @param lifetime in milliseconds, until the warning */
  constructor(
    private readonly socket: WebSocket,
    private readonly lifetime: number,
  ) {
    const ping = setInterval(() => socket.ping(), PING_EVERY).unref()
    const age = setTimeout(() => this.end('warning', WARNED_FOR), lifetime).unref()
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(ping)
      clearTimeout(age)
    })
  }

  hello(appId: string, connections: number): void {
    this.send({
      type: 'hello',
      num_connections: connections,
      connection_info: { app_id: appId },
      debug_info: {
        host: HOST,
        started: this.started,
        build_number: 1,
        approximate_connection_time: Math.round((this.lifetime + WARNED_FOR) / 1_000),
      },
    })
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  /** @param after milliseconds between the announcement and the close */
  end(how: DisconnectReason | 'cut', after: number): void {
    if (how === 'cut') {
      this.socket.terminate()
      return
    }
    this.isLeaving = true
    this.send({ type: 'disconnect', reason: how, debug_info: { host: HOST } })
    if (after === 0) this.socket.close(1000)
    else setTimeout(() => this.socket.close(1000), after).unref()
  }

  /** Messages that are JSON objects; others, such as pings in text, are ignored. */
  onMessage(hear: (message: Record<string, unknown>) => void): void {
    this.socket.on('message', (data: RawData) => {
      const message = parsed(data)
      if (message) hear(message)
    })
  }
}

function parsed(data: RawData): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(data) ? data.toString() : Buffer.from(data as ArrayBuffer).toString())
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
