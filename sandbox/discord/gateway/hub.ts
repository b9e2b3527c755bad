import type { WebSocket } from 'ws'
import type { InjectedFaults } from '../../kit/injected-faults'
import type { Discord, Viewer } from '../context'
import { runCommand } from './commands'
import { Connection } from './connection'
import { CLOSE, type CloseReason, frame, OP } from './frames'
import { presenceFrom, showBot } from './presence'
import type { Session } from './session'

export interface HubOptions {
  faults: InjectedFaults
  /** Milliseconds between heartbeats, as HELLO announces them. */
  heartbeatInterval: number
  /** Milliseconds for which a session without a connection can be resumed. */
  resumable: number
}

/** An event and its recipients. */
export interface Happening {
  event: string
  /** One of these bits must be among the session's intents; 0 needs none. */
  intent: number
  guildId: string | null
  reaches: (botId: string) => boolean
  data: (viewer: Viewer) => unknown
}

/** All gateway sessions of one server. */
export class Hub {
  readonly sessions = new Map<string, Session>()
  private readonly connections = new Set<Connection>()

  constructor(
    private readonly discord: () => Discord,
    readonly options: HubOptions,
  ) {}

  connect(socket: WebSocket, query: URLSearchParams): void {
    this.connections.add(new Connection(socket, query, this))
  }

  tell({ event, intent, guildId, reaches, data }: Happening): void {
    for (const session of this.sessions.values()) {
      if (session.wants(intent) && session.holds(guildId) && reaches(session.botId))
        this.send(session, event, data(session.viewer))
    }
  }

  send(session: Session, event: string, data: unknown): void {
    const { faults } = this.options
    if (!faults.suppresses(event)) session.dispatch(event, faults.changed(event, data))
  }

  sessionsOf(botId: string): Session[] {
    return [...this.sessions.values()].filter((session) => session.botId === botId)
  }

  /** Shows its presence, and gives a new session its place. @throws Hangup 4002 for an invalid presence */
  open(session: Session, connection: Connection, presence: unknown): void {
    session.shows(presenceFrom(this.discord(), presence ?? {}))
    showBot(this.discord(), session.botId, [...this.sessionsOf(session.botId), session])
    this.sessions.set(session.id, session)
    this.attach(session, connection)
  }

  attach(session: Session, connection: Connection): void {
    clearTimeout(session.expiry)
    const former = session.connection
    session.connection = connection
    connection.session = session
    if (former && former !== connection) {
      former.session = undefined
      former.close(CLOSE.UNKNOWN_ERROR)
    }
  }

  end(session: Session): void {
    clearTimeout(session.expiry)
    if (session.connection) session.connection.session = undefined
    session.connection = undefined
    if (this.sessions.delete(session.id)) showBot(this.discord(), session.botId, this.sessionsOf(session.botId))
  }

  /** Sends a frame that is no event over all connections of a bot. */
  write(botId: string, op: number): void {
    for (const { connection } of this.sessionsOf(botId)) connection?.write(frame(op, null))
  }

  /** Op 9; a session that cannot be resumed is removed at once. */
  invalidate(botId: string, resumable: boolean): void {
    for (const session of this.sessionsOf(botId)) {
      session.connection?.write(frame(OP.INVALID_SESSION, resumable))
      if (!resumable) this.end(session)
    }
  }

  closeConnections(botId: string, reason: CloseReason): void {
    for (const { connection } of this.sessionsOf(botId)) connection?.close(reason)
  }

  run(connection: Connection, op: number, data: unknown): void {
    runCommand(this.discord(), connection, op, data)
  }

  /** The client can resume the session for a while, unless the close code ends it. */
  closed(connection: Connection, code: number): void {
    this.connections.delete(connection)
    const { session } = connection
    if (session?.connection !== connection) return
    const { SESSION_TIMED_OUT, AUTHENTICATION_FAILED } = CLOSE
    if ([1000, 1001, SESSION_TIMED_OUT[0], AUTHENTICATION_FAILED[0]].some((final) => final === code)) this.end(session)
    else {
      session.connection = undefined
      session.expiry = setTimeout(() => this.end(session), this.options.resumable).unref()
    }
  }

  stop(): void {
    for (const session of this.sessions.values()) clearTimeout(session.expiry)
    this.sessions.clear()
    for (const connection of this.connections) connection.close([1001, 'Going away.'])
  }
}
