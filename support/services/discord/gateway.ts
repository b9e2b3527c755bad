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
import { Memory } from './memory'
import { Pace } from './pace'

/** Closings after which Discord wants no second try, by what each corresponds to among HTTP's statuses. */
const FATAL: ReadonlyMap<number, number> = new Map([
  [4004, 401],
  [4010, 400],
  [4011, 400],
  [4012, 400],
  [4013, 400],
  [4014, 403],
])

/** Changes of presence in so many milliseconds, as Discord documents it. */
const MOST_PRESENCES = 5
const PRESENCE_WINDOW = 20_000

type Listener = (event: GatewayDispatchPayload) => void

export interface SessionOptions {
  intents: number
  /** Not to be counted among the bot's devices that are there: its own presence stays what another session says. */
  isSilent?: boolean
  /** Hears everything from the very first event. */
  first?: Listener
  /** Instead of the client's own. */
  token?: string
}

/** One session on Discord's gateway by `@discordjs/ws`: heartbeats, resumes after a lost connection, presence. */
export class DiscordSession {
  private readonly listeners = new Set<Listener>()
  /** How often the session was taken up again after a lost connection. */
  resumed = 0
  /** Whose session it is, as the gateway says. */
  userId = ''
  isClosed = false
  private failure: Error | undefined
  private readonly presences = new Pace(PRESENCE_WINDOW)
  private shown = ''

  private constructor(
    private readonly manager: WebSocketManager,
    private readonly memory: Memory,
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
   * Resolves once the guilds it was told of have come in.
   * @throws ApiError where Discord closes the connection for good, its code being the close code
   */
  static async open(client: DiscordClient, options: SessionOptions): Promise<DiscordSession> {
    const initialPresence: GatewayPresenceUpdateData | null = options.isSilent
      ? { since: null, activities: [], status: PresenceUpdateStatus.Invisible, afk: false }
      : null
    // The library asks once more, but its errors say less.
    await client.gateway()
    const memory = new Memory()
    const { intents, token = client.token, first } = options
    const manager = new WebSocketManager({ token, intents, rest: client.rest, initialPresence, ...memory.options })

    const session = new DiscordSession(manager, memory)
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

  /** Hears every event from now on. @throws where the session has broken down meanwhile. @returns stops it */
  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** @throws the reason where Discord has closed the session for good */
  assertAlive(): void {
    if (this.failure) throw this.failure
  }

  /** Discord lets presences through only so often, and drops the rest without a word. What puts back the usual one finds a place. */
  async show(status: GatewayPresenceUpdateData['status'], says: string): Promise<void> {
    const wanted = `${status} ${says}`
    if (wanted === this.shown) return
    await this.presences.turn(says ? MOST_PRESENCES - 1 : MOST_PRESENCES)
    this.shown = wanted
    const activities = says ? [{ name: says, type: 0 as const }] : []
    const d: GatewayPresenceUpdateData = { since: null, activities, status, afk: false }
    await this.manager.send(0, { op: GatewayOpcodes.PresenceUpdate, d })
  }

  async close(): Promise<void> {
    this.memory.isOver = true
    const closed = Promise.resolve(this.manager.destroy({ code: 1_000, reason: 'The scenario is over' }))
    await Promise.race([closed, pause(LONGEST_CLOSING, undefined, { ref: false })])
    this.isClosed = [...(await this.manager.fetchStatus()).values()].every((status) => status === WebSocketShardStatus.Idle)
  }

  /** What a session that came before had shown is gone with it. */
  private begin(userId: string): void {
    this.userId = userId
    this.shown = ''
  }

  /** Rejects once Discord closes the connection for good; what follows afterwards is kept for those who listen. */
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

/** The library tries again for ever after closings it thinks will pass. */
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
