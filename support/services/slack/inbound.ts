import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import type { SocketModeOptions } from '@slack/socket-mode'
import { expect } from 'chai'
import { assertAgrees } from '../../assertions/agreement'
import { ContractError, parseResponse } from '../../assertions/contract'
import type { ChatInbox, ChatMessage, ChatPlace } from '../../chat/adapter'
import { proxyFor } from '../../http/proxy'
import type { ServiceAccess } from '../service'
import { SlackApi, thrown } from './api'
import type { Identity } from './contract'
import * as contract from './contract'
import { toChatMessage } from './parse'
import { APP_SCOPE } from './scopes'

/** An envelope as Slack's client emits it: its type, and its payload as the body. */
interface Envelope {
  type: string
  body: unknown
}

type Listener = (envelope: Envelope) => void

interface Connection {
  listeners: Set<Listener>
  close(): Promise<void>
}

/** Pings without a response within this time end a connection, and a new one is opened after it. */
const PING_TIMEOUT = { live: 5_000, sandbox: 400 }

/** Socket Mode: live over one connection of this process, on a sandbox over one of the scenario. */
export class SocketModeClient {
  private connection: Promise<Connection> | undefined

  constructor(private readonly access: ServiceAccess) {}

  /**
   * From now on: messages of one place, each once, by any account but the bot. Slack sends a mention twice, as a message and as a
   * mention, which must agree, and sends an event again that it considers lost.
   */
  async listen(place: ChatPlace, { user_id: me, team_id: team }: Identity, hasMentions: boolean): Promise<ChatInbox> {
    const { listeners } = await this.open()
    const inbox = new Inbox({ place, me, team, hasMentions, since: Date.now() })
    const take: Listener = (envelope) => inbox.take(envelope)
    listeners.add(take)
    return { received: () => inbox.received(), stop: () => void listeners.delete(take) }
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

/** Timeout of Slack's `hello`, in milliseconds. */
const CONNECT_TIMEOUT = 20_000

/** How far the service's clock may be behind this machine's. */
const CLOCKS = 2_000

export interface Subscription {
  place: ChatPlace
  /** Id of the bot. */
  me: string
  /** Id of its workspace. */
  team: string
  /** Whether the app may receive the event `app_mention`, which is sent in addition to the message. */
  hasMentions: boolean
  /** Unix milliseconds of the start. */
  since: number
}

/** The messages and mentions of one place. */
class Inbox {
  private readonly messages = new Map<string, ChatMessage>()
  private readonly mentions = new Map<string, ChatMessage>()
  private broken: unknown

  constructor(private readonly subscription: Subscription) {}

  take(envelope: Envelope): void {
    try {
      const event = eventIn(envelope, this.subscription.team)
      const found = event && messageIn(event, this.subscription)
      const known = event?.type === 'app_mention' ? this.mentions : this.messages
      if (found) known.set(found.id, known.get(found.id) ?? found)
    } catch (error) {
      this.broken ??= error
    }
  }

  /** @throws what was wrong with an envelope; an expectation as long as a mention has arrived as only one of both kinds */
  received(): ChatMessage[] {
    if (this.broken) throw this.broken
    if (!this.subscription.hasMentions) return [...this.messages.values()]
    const named = [...this.messages.values()].filter(({ mentions }) => mentions.includes(this.subscription.me))
    expect([...this.mentions.values()], 'the events app_mention, like the messages that mention the bot').to.deep.equal(named)
    return [...this.messages.values()]
  }
}

/** The event of an envelope; undefined if it contains something else. @throws ContractError for an invalid event */
function eventIn({ type, body }: Envelope, team: string): contract.SlackEvent | undefined {
  if (!(contract.ENVELOPES as readonly string[]).includes(type)) throw new ContractError('an envelope', [`type: is "${type}"`])
  if (type !== 'events_api') return undefined
  const { event, team_id } = parseResponse(contract.callback, body, 'the payload of an event')
  assertAgrees('the payload of an event', { team_id }, { team_id: team })
  if (event.type !== 'message' && event.type !== 'app_mention') return undefined
  const { success, data } = contract.event.safeParse(event)
  return success ? data : undefined
}

/** A later message of another account in that place; undefined for every other event. */
export function messageIn(
  event: unknown,
  { place, me, since }: Omit<Subscription, 'team' | 'hasMentions'>,
): ChatMessage | undefined {
  const { success, data } = contract.event.safeParse(event)
  if (!success) return undefined
  if (data.subtype !== undefined && data.subtype !== 'file_share') return undefined
  if (data.channel !== place.id || data.user === undefined || data.user === me) return undefined
  const found = toChatMessage({ ...data, type: 'message' }, place, me)
  return found.sentAt > since - CLOCKS ? found : undefined
}

/** False if the connection ended first: then Slack sends the event again over the next one. */
async function isTaken(ack: () => Promise<void>): Promise<boolean> {
  return ack().then(
    () => true,
    () => false,
  )
}

/** @throws if Slack sends no hello in time */
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

/** Every envelope is acknowledged before it is read. @throws if the app's token is refused */
async function connect(access: ServiceAccess): Promise<Connection> {
  const { SocketModeClient: Client } = await import('@slack/socket-mode')
  const { appToken = '' } = await access.people.person('Ada')
  const api = new SlackApi(access, appToken)
  // Slack's client retries without end if its own request is refused: one call before it reports the reason.
  const { url } = await api.call('apps.connections.open', {}, contract.connection, 'a connection')
  if (api.scopes && !api.scopes.includes(APP_SCOPE))
    throw new ContractError('a connection', [`x-oauth-scopes: lacks ${APP_SCOPE}`])
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
  client.on('slack_event', async ({ ack, type, body }: Envelope & { ack: () => Promise<void> }) => {
    if (await isTaken(ack)) for (const listener of listeners) listener({ type, body })
  })
  await connected(client.start())
  return { listeners, close: () => client.disconnect() }
}

/** For the WebSockets of the library's own undici; undefined if the environment sets no proxy for the address. */
function dispatcherFor(url: string): Pick<SocketModeOptions, 'dispatcher'> {
  const proxy = proxyFor(url)
  if (!proxy) return {}
  const { ProxyAgent } = createRequire(require.resolve('@slack/socket-mode'))('undici') as typeof import('undici')
  return {
    dispatcher: new ProxyAgent({ uri: proxy.url, proxyTunnel: true }) as unknown as NonNullable<SocketModeOptions['dispatcher']>,
  }
}
