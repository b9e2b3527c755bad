import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import type { SocketModeOptions } from '@slack/socket-mode'
import type { ChatInbox, ChatMessage, ChatPlace } from '../../chat/adapter'
import { proxyFor } from '../../http/proxy'
import type { ServiceAccess } from '../service'
import { SlackApi, thrown } from './api'
import * as contract from './contract'
import { toChatMessage } from './parse'

type Listener = (event: unknown) => void

interface Connection {
  listeners: Set<Listener>
  close(): Promise<void>
}

/** Pings that are not answered within it end a connection, and a new one is tried after it. */
const PING_TIMEOUT = { live: 5_000, sandbox: 400 }

/** Events of Socket Mode: live over one connection of this process, on a sandbox over one of the scenario. */
export class SocketModeClient {
  private connection: Promise<Connection> | undefined

  constructor(private readonly access: ServiceAccess) {}

  /**
   * From now on: messages and mentions of one place, each once, by any account but the bot. Slack sends a mention twice, as a message
   * and as a mention, and an event again that it thinks was lost.
   */
  async listen(place: ChatPlace, me: string): Promise<ChatInbox> {
    const { listeners } = await this.open()
    const since = Date.now()
    const messages = new Map<string, ChatMessage>()
    const take: Listener = (event) => {
      const found = messageIn(event, { place, me, since })
      if (found) messages.set(found.id, messages.get(found.id) ?? found)
    }
    listeners.add(take)
    return { received: () => [...messages.values()], stop: () => void listeners.delete(take) }
  }

  async close(): Promise<void> {
    if (!this.access.isLive) await (await this.connection)?.close()
    this.connection = undefined
  }

  private open(): Promise<Connection> {
    const open = (): Promise<Connection> => connect(this.access)
    this.connection ??= this.access.isLive ? this.access.connection('socket', open, ({ close }) => close()) : open()
    return this.connection
  }
}

/** Until Slack's `hello`, in milliseconds. */
const CONNECT_TIMEOUT = 20_000

/** How far the service's clock may be behind this machine's. */
const CLOCKS = 2_000

export interface Subscription {
  place: ChatPlace
  /** Id of the bot. */
  me: string
  /** Unix milliseconds when the listening began. */
  since: number
}

/** A message of another account in that place from then on; undefined for every other event. */
export function messageIn(event: unknown, { place, me, since }: Subscription): ChatMessage | undefined {
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

/** @throws where Slack sends no hello in time */
async function connected(start: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  const deadline = pause(CONNECT_TIMEOUT, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Slack sent no hello on the connection within ${CONNECT_TIMEOUT / 1_000} s.`)
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

/** Every envelope is acknowledged before it is read. @throws where the app's token is refused */
async function connect(access: ServiceAccess): Promise<Connection> {
  const { SocketModeClient: Client } = await import('@slack/socket-mode')
  const { appToken = '' } = await access.people.person('Ada')
  const api = new SlackApi(access, appToken)
  // Slack's client retries for ever where its own request is refused: one call before it reports the reason.
  const { url } = await api.call('apps.connections.open', {}, contract.connection, 'a connection')
  const { logger, ...clientOptions } = api.clientOptions()
  const clientPingTimeout = access.isLive ? PING_TIMEOUT.live : PING_TIMEOUT.sandbox
  const client = new Client({
    appToken,
    clientPingTimeout,
    logger,
    ...dispatcherFor(url),
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 } },
  })
  const listeners = new Set<Listener>()
  client.on('slack_event', async ({ ack, body }: { ack: () => Promise<void>; body: { event?: unknown } }) => {
    if (await isTaken(ack)) for (const listener of listeners) listener(body.event)
  })
  await connected(client.start())
  return { listeners, close: () => client.disconnect() }
}

/** Of the library's own undici, as its WebSockets take it; nothing where no proxy is named for the address. */
function dispatcherFor(url: string): Pick<SocketModeOptions, 'dispatcher'> {
  const proxy = proxyFor(url)
  if (!proxy) return {}
  const { ProxyAgent } = createRequire(require.resolve('@slack/socket-mode'))('undici') as typeof import('undici')
  return {
    dispatcher: new ProxyAgent({ uri: proxy.url, proxyTunnel: true }) as unknown as NonNullable<SocketModeOptions['dispatcher']>,
  }
}
