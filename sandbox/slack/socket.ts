import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { Backlog, type Envelope, type Redelivery } from './socket-backlog'
import { Connection, type DisconnectReason } from './socket-connection'

const TICKET_LIFETIME = 30_000
const MOST_CONNECTIONS = 10
const LIFETIME = 18_060
const DEBUG_LIFETIME = 360
/** Time between the warning and the end of a connection. */
const WARNING = 10_000

export interface NewEnvelope {
  type: 'events_api' | 'interactive' | 'slash_commands'
  payload: Record<string, unknown>
  acceptsResponse?: boolean | undefined
}

/** Socket Mode: tickets, connections, and envelopes that are redelivered until they are acknowledged. */
export class SocketMode {
  private readonly tickets = new Map<string, { appId: string; expires: number }>()
  private readonly connections = new Map<string, Connection[]>()
  private readonly backlogs = new Map<string, Backlog>()
  private readonly server = new WebSocketServer({ noServer: true })
  /** Apps whose Socket Mode is switched off. */
  readonly disabled = new Set<string>()

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
  }

  /** @returns the query of a URL that opens one connection; valid once, for a short time */
  ticket(appId: string): string {
    const ticket = randomUUID()
    this.tickets.set(ticket, { appId, expires: Date.now() + TICKET_LIFETIME })
    return `ticket=${ticket}&app_id=${appId}`
  }

  count(appId: string): number {
    return this.open(appId).length
  }

  /** Sends to exactly one of the app's connections; if it had connections and has none now, keeps it for the next one. */
  deliver(appId: string, { type, payload, acceptsResponse = false }: NewEnvelope): void {
    this.backlogs.get(appId)?.add({ id: randomUUID(), type, payload, acceptsResponse, attempt: 0, reason: '' })
  }

  setRedelivery(appId: string, redelivery: { [K in keyof Redelivery]?: Redelivery[K] | undefined }): void {
    this.backlog(appId).setRedelivery(redelivery)
  }

  /** Envelopes that are not acknowledged yet. */
  unacknowledged(appId: string): number {
    return this.backlogs.get(appId)?.size ?? 0
  }

  /** Sends `disconnect` to every connection of an app and closes it after a while, or closes it without an announcement. */
  disconnect(appId: string, how: DisconnectReason | 'cut', after?: number): void {
    for (const connection of this.open(appId)) connection.end(how, after ?? (how === 'warning' ? WARNING : 0))
  }

  stop(): void {
    for (const backlog of this.backlogs.values()) backlog.stop()
    for (const connection of [...this.connections.values()].flat()) connection.cut()
    this.server.close()
  }

  private open(appId: string): Connection[] {
    return this.connections.get(appId) ?? []
  }

  private backlog(appId: string): Backlog {
    const known = this.backlogs.get(appId)
    if (known) return known
    const made = new Backlog((envelope) => this.send(appId, envelope))
    this.backlogs.set(appId, made)
    return made
  }

  /** Uses connections in turn. @returns the connection used, or undefined where none is open */
  private send(appId: string, envelope: Envelope): Connection | undefined {
    const connections = this.open(appId)
    const connection = connections.find(({ isLeaving }) => !isLeaving) ?? connections[0]
    if (!connection) return undefined
    this.connections.set(appId, [...connections.filter((other) => other !== connection), connection])
    connection.send({
      envelope_id: envelope.id,
      type: envelope.type,
      accepts_response_payload: envelope.acceptsResponse,
      payload: envelope.payload,
      retry_attempt: envelope.attempt,
      retry_reason: envelope.reason,
    })
    return connection
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const [pathname = '', query = ''] = (request.url ?? '').split(/\?(.*)/s)
    const searchParams = new URLSearchParams(query)
    const name = searchParams.get('ticket') ?? ''
    const ticket = this.tickets.get(name)
    this.tickets.delete(name)
    if (!pathname.startsWith('/link') || !ticket || ticket.expires < Date.now()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const lifetime = searchParams.get('debug_reconnects') === 'true' ? DEBUG_LIFETIME : LIFETIME
    this.server.handleUpgrade(request, socket, head, (accepted) =>
      this.welcome(ticket.appId, new Connection(accepted, lifetime * 1_000 - WARNING)),
    )
  }

  private welcome(appId: string, connection: Connection): void {
    if (this.open(appId).length >= MOST_CONNECTIONS) {
      connection.end('too_many_websockets', 0)
      return
    }
    const backlog = this.backlog(appId)
    this.connections.set(appId, [...this.open(appId), connection])
    connection.onMessage((message) => backlog.acknowledge(String(message.envelope_id ?? '')))
    connection.onClose(() => {
      this.connections.set(
        appId,
        this.open(appId).filter((other) => other !== connection),
      )
      backlog.lost(connection)
    })
    connection.hello(appId, this.count(appId))
    backlog.flush()
  }
}
