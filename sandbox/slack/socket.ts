import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { AppSockets } from './socket-app'
import { WARNED_FOR } from './socket-connection'

const TICKET_LIFETIME = 30_000
const LIFETIME = 18_060
const DEBUG_LIFETIME = 360

/** Socket Mode: tickets with which apps connect, and the sockets of each app. */
export class SocketMode {
  private readonly tickets = new Map<string, { appId: string; expires: number }>()
  private readonly apps = new Map<string, AppSockets>()
  private readonly server = new WebSocketServer({ noServer: true })

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
  }

  /** @returns the query of a URL that opens one connection; valid once, for a short time */
  ticket(appId: string): string {
    const ticket = randomUUID()
    this.tickets.set(ticket, { appId, expires: Date.now() + TICKET_LIFETIME })
    return `ticket=${ticket}&app_id=${appId}`
  }

  of(appId: string): AppSockets {
    const sockets = this.apps.get(appId) ?? new AppSockets(appId)
    this.apps.set(appId, sockets)
    return sockets
  }

  stop(): void {
    for (const sockets of this.apps.values()) sockets.stop()
    this.server.close()
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
      this.of(ticket.appId).accept(accepted, lifetime * 1_000 - WARNED_FOR),
    )
  }
}
