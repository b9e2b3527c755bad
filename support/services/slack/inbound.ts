import { setTimeout as pause } from 'node:timers/promises'
import type { ChatInbox, ChatMessage, ChatPlace } from '../../chat/adapter'
import type { ServiceAccess } from '../service'
import { SlackApi, thrown } from './api'
import * as contract from './contract'
import { toChatMessage } from './parse'

/** Whatever takes what comes in. */
type Hear = (event: unknown) => void

interface Line {
  hear: Set<Hear>
  close(): Promise<void>
}

/** Pings that are not answered within it end a connection, and a new one is tried after it. */
const PING_TIMEOUT = { live: 5_000, sandbox: 400 }

/** What the bot hears in Socket Mode: live over one connection of this process, on a sandbox over one of the scenario. */
export class SocketModeClient {
  private line: Promise<Line> | undefined

  constructor(private readonly access: ServiceAccess) {}

  /**
   * From now on: messages and mentions of one place, each once, by anybody but the bot. Slack sends a mention twice, as a message
   * and as a mention, and an event again that it thinks was lost.
   */
  async listen(place: ChatPlace, me: string): Promise<ChatInbox> {
    const { hear } = await this.open()
    const since = Date.now()
    const heard = new Map<string, ChatMessage>()
    const take: Hear = (event) => {
      const found = messageIn(event, { place, me, since })
      if (found) heard.set(found.id, heard.get(found.id) ?? found)
    }
    hear.add(take)
    return { heard: () => [...heard.values()], stop: () => void hear.delete(take) }
  }

  async close(): Promise<void> {
    if (!this.access.isLive) await (await this.line)?.close()
    this.line = undefined
  }

  private open(): Promise<Line> {
    const dial = (): Promise<Line> => connect(this.access)
    this.line ??= this.access.isLive ? this.access.connection('socket', dial, ({ close }) => close()) : dial()
    return this.line
  }
}

/** How long a greeting may take, in milliseconds. */
const PATIENCE = 20_000

/** How far the service's clock may be behind this machine's. */
const CLOCKS = 2_000

export interface Attention {
  place: ChatPlace
  /** Id of whoever listens. */
  me: string
  /** Unix milliseconds when the listening began. */
  since: number
}

/** A message of somebody else in that place from then on; nothing where the event is anything else. */
export function messageIn(event: unknown, { place, me, since }: Attention): ChatMessage | undefined {
  const { success, data } = contract.event.safeParse(event)
  if (!success || (data.type !== 'message' && data.type !== 'app_mention')) return undefined
  if (data.subtype !== undefined && data.subtype !== 'file_share') return undefined
  if (data.channel !== place.id || data.user === undefined || data.user === me) return undefined
  const found = toChatMessage({ ...data, type: 'message' }, place, me)
  return found.sentAt > since - CLOCKS ? found : undefined
}

/** False where the connection ended under it: then Slack sends the event again over the next one. */
async function isTaken(ack: () => Promise<void>): Promise<boolean> {
  return ack().then(
    () => true,
    () => false,
  )
}

/** @throws where Slack does not greet in time */
async function greeted(start: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  const deadline = pause(PATIENCE, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Slack did not greet the connection within ${PATIENCE / 1_000} s.`)
  })
  try {
    await Promise.race([start, deadline])
  } catch (error) {
    throw thrown(error)
  } finally {
    late.abort()
    deadline.catch(() => undefined)
  }
}

/** Every envelope is acknowledged before it is looked at. @throws where the app's token is not taken */
async function connect(access: ServiceAccess): Promise<Line> {
  const { SocketModeClient } = await import('@slack/socket-mode')
  const { appToken = '' } = await access.people.person('Ada')
  const api = new SlackApi(access, appToken)
  // Slack's client tries for ever where its own request is refused: what is wrong is told by asking once before.
  await api.call('apps.connections.open', {}, contract.connection, 'a connection')
  const { logger, ...clientOptions } = api.clientOptions()
  const clientPingTimeout = access.isLive ? PING_TIMEOUT.live : PING_TIMEOUT.sandbox
  const client = new SocketModeClient({
    appToken,
    clientPingTimeout,
    logger,
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 } },
  })
  const hear = new Set<Hear>()
  client.on('slack_event', async ({ ack, body }: { ack: () => Promise<void>; body: { event?: unknown } }) => {
    if (await isTaken(ack)) for (const one of hear) one(body.event)
  })
  await greeted(client.start())
  return { hear, close: () => client.disconnect() }
}
