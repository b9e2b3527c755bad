import { setTimeout as pause } from 'node:timers/promises'
import './sockets'
import { type ManagerShardEventsMap, WebSocketManager, WebSocketShardEvents, WebSocketShardStatus } from '@discordjs/ws'
import {
  type GatewayDispatchPayload,
  GatewayOpcodes,
  type GatewayPresenceUpdateData,
  PresenceUpdateStatus,
} from 'discord-api-types/v10'
import { errorText } from '../../config/errors'
import { ApiError, ConnectionError } from '../../http/errors'
import type { DiscordClient } from './client'
import { RateLimiter } from './rate-limiter'
import { SessionStore } from './session-store'

/** Close codes after which Discord allows no reconnect, with the HTTP status that each corresponds to. */
const FATAL: ReadonlyMap<number, number> = new Map([
  [4004, 401],
  [4010, 400],
  [4011, 400],
  [4012, 400],
  [4013, 400],
  [4014, 403],
])

/** Discord's documented limit of presence updates: so many in so many milliseconds. */
const MOST_PRESENCES = 5
const PRESENCE_WINDOW = 20_000

type Listener = (event: GatewayDispatchPayload) => void

export interface SessionOptions {
  intents: number
  /** Marks the session as invisible, so that it does not change the bot's presence. */
  isSilent?: boolean
  /** Receives every event from the first one on. */
  first?: Listener
  /** Instead of the client's own token. */
  token?: string
}

/** One session on Discord's gateway by `@discordjs/ws`: heartbeats, resumes after a lost connection, presence. */
export class DiscordSession {
  private readonly listeners = new Set<Listener>()
  /** How often the session was resumed after a lost connection. */
  resumed = 0
  /** The id of the session's account, from READY. */
  userId = ''
  isClosed = false
  private failure: Error | undefined
  private readonly presenceLimiter = new RateLimiter(PRESENCE_WINDOW)
  private shown = ''

  private constructor(
    private readonly manager: WebSocketManager,
    private readonly store: SessionStore,
  ) {
    manager.on(WebSocketShardEvents.Dispatch, (event) => {
      if (event.t === 'READY') this.begin(event.d.user.id)
      for (const listener of this.listeners) listener(event)
    })
    manager.on(WebSocketShardEvents.Resumed, () => {
      this.resumed++
    })
    manager.on(WebSocketShardEvents.SocketError, () => undefined)
  }

  /**
   * Resolves once all guilds of READY have been received.
   * @throws ApiError if Discord closes the connection permanently, with the close code as its code
   */
  static async open(client: DiscordClient, options: SessionOptions): Promise<DiscordSession> {
    const initialPresence: GatewayPresenceUpdateData | null = options.isSilent
      ? { since: null, activities: [], status: PresenceUpdateStatus.Invisible, afk: false }
      : null
    // The library repeats the request once, but its errors contain less.
    await client.gateway()
    const store = new SessionStore()
    const { intents, token = client.token, first } = options
    const manager = new WebSocketManager({ token, intents, rest: client.rest, initialPresence, ...store.options })

    const session = new DiscordSession(manager, store)
    if (first) session.listeners.add(first)
    const refused = session.watch()
    const guilds = session.guildsToCome()
    try {
      await inTime(Promise.race([manager.connect().then(() => guilds), refused]), client.access.isLive ? 30_000 : 10_000)
    } catch (error) {
      await session.close()
      throw error
    }
    return session
  }

  /** Receives every later event. @throws if the session has failed meanwhile @returns a function that unsubscribes */
  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** @throws the reason if Discord has closed the session permanently */
  assertAlive(): void {
    if (this.failure) throw this.failure
  }

  /** Discord ignores presence updates over its rate limit. One update is reserved for restoring the default presence. */
  async setPresence(status: GatewayPresenceUpdateData['status'], text: string): Promise<void> {
    const wanted = `${status} ${text}`
    if (wanted === this.shown) return
    await this.presenceLimiter.turn(text ? MOST_PRESENCES - 1 : MOST_PRESENCES)
    this.shown = wanted
    const activities = text ? [{ name: text, type: 0 as const }] : []
    const d: GatewayPresenceUpdateData = { since: null, activities, status, afk: false }
    await this.manager.send(0, { op: GatewayOpcodes.PresenceUpdate, d })
  }

  async close(): Promise<void> {
    this.store.isOver = true
    const closed = Promise.resolve(this.manager.destroy({ code: 1_000, reason: 'The scenario is over' }))
    await Promise.race([closed, pause(LONGEST_CLOSING, undefined, { ref: false })])
    this.isClosed = [...(await this.manager.fetchStatus()).values()].every((status) => status === WebSocketShardStatus.Idle)
  }

  /** The presence of an earlier session has ended with it. */
  private begin(userId: string): void {
    this.userId = userId
    this.shown = ''
  }

  /** Rejects once Discord closes the connection permanently; events after that are kept for subscribers. */
  private watch(): Promise<never> {
    const refused = new Promise<never>((_resolve, reject) => {
      let code = 0
      this.manager.on(WebSocketShardEvents.Closed, (closed) => {
        code = closed
      })
      this.manager.on(WebSocketShardEvents.Error, (...[error]: ManagerShardEventsMap[WebSocketShardEvents.Error]) => {
        this.failure = FATAL.has(code) ? refusal(code, errorText(error)) : error
        reject(this.failure)
      })
    })
    refused.catch(() => undefined)
    return refused
  }

  private guildsToCome(): Promise<void> {
    return new Promise((resolve) => {
      let missing = new Set<string>()
      const stop = this.listen((event) => {
        if (event.t === 'READY') missing = new Set(event.d.guilds.map(({ id }) => id))
        else if (event.t === 'GUILD_CREATE') missing.delete(event.d.id)
        else return
        if (missing.size > 0) return
        stop()
        resolve()
      })
    })
  }
}

const LONGEST_CLOSING = 2_000

/** The library reconnects without end after close codes that it considers temporary. */
async function inTime<T>(opening: Promise<T>, most: number): Promise<T> {
  const late = new AbortController()
  const tooLate = pause(most, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new ConnectionError('Discord', 'IDENTIFY', '/gateway', `no session within ${most / 1_000} s`)
  })
  tooLate.catch(() => undefined)
  return Promise.race([opening, tooLate]).finally(() => late.abort())
}

function refusal(code: number, says: string): ApiError {
  return new ApiError({
    service: 'discord',
    method: 'IDENTIFY',
    path: '/gateway',
    status: FATAL.get(code) ?? 400,
    code: String(code),
    says,
    body: `the gateway closed the connection with ${code}: ${says}`,
    curl: '(a WebSocket: no command repeats it)',
  })
}
