import { createServer, Agent as HttpAgent, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, Agent as HttpsAgent } from 'node:https'
import type { AddressInfo } from 'node:net'
import { BrokerFront } from './broker'
import { relay } from './exchange'
import type { Handler } from './handler'
import { relaySocket } from './sockets'
import { Identities, ownTls, trustedFile } from './tls'
import type { Wire } from './wire'

/** The server behind a proxy. */
export type Role = 'service' | 'control' | 'callback'

export interface Front {
  role: Role
  /** `http://127.0.0.1:4101` */
  upstream: string
  /** The proxy's own origin. */
  origin: string
  /** The part of the path that belongs to the service's address. */
  base: string
}

const LOOPBACK_ORIGIN = /\bhttps?:\/\/(?:127\.0\.0\.1|localhost):\d+/g

/**
 * The proxies of one run: for the service, for its control API, and for every listener of the suite that the service calls
 * back. In all traffic each address is replaced by that of its proxy, and in the other direction vice versa.
 */
export class Fronts {
  readonly agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true, rejectUnauthorized: false }),
  }
  /** Client certificates from the service's control API. */
  readonly identities = new Identities()
  private readonly fronts: Front[] = []
  private readonly servers: Server[] = []
  private readonly brokers: BrokerFront[] = []
  private readonly closers: (() => void)[] = []

  constructor(
    readonly wire: Wire,
    readonly handler: Handler,
  ) {}

  /** @param url the address behind the proxy @returns the same address at the proxy */
  async open(url: string, role: Role): Promise<string> {
    const { origin: upstream, pathname } = new URL(url)
    const known = this.fronts.find((front) => front.upstream === upstream)
    const front = known ?? (await this.listen(upstream, role, pathname.replace(/\/$/, '')))
    return url.replace(upstream, front.origin)
  }

  /** @param url of an AMQP broker @returns the same at a proxy */
  async openBroker(url: string): Promise<string> {
    const broker = new BrokerFront((routingKey) => this.wire.message?.(routingKey), this.handler)
    this.brokers.push(broker)
    return broker.open(url)
  }

  /** @param path of a file of authorities @returns the path of one that also contains the proxies' authority */
  async trust(path: string): Promise<string> {
    const trusted = await trustedFile(path)
    this.onClose(trusted.remove)
    return trusted.path
  }

  /** The text with the proxies' addresses instead of the service's. */
  outward(text: string): string {
    return this.fronts.reduce((now, { role, upstream, origin }) => {
      return role === 'callback' ? swap(now, origin, upstream) : swap(now, upstream, origin)
    }, text)
  }

  /** The text with the service's own addresses; a listener of the suite in it gets a proxy. */
  async inward(text: string): Promise<string> {
    for (const found of new Set(text.match(LOOPBACK_ORIGIN))) {
      const isKnown = this.fronts.some(({ upstream, origin }) => upstream === found || origin === found)
      if (!isKnown) await this.listen(found, 'callback', '')
    }
    return this.fronts.reduce((now, { role, upstream, origin }) => {
      return role === 'callback' ? swap(now, upstream, origin) : swap(now, origin, upstream)
    }, text)
  }

  /** Backends in responses of the control API get their own proxies. */
  async discover(text: string): Promise<void> {
    for (const found of new Set(text.match(LOOPBACK_ORIGIN))) {
      if (!this.fronts.some(({ upstream, origin }) => upstream === found || origin === found))
        await this.listen(found, 'service', '')
    }
  }

  onClose(close: () => void): void {
    this.closers.push(close)
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0)) close()
    await Promise.all(this.brokers.splice(0).map((broker) => broker.close()))
    await Promise.all(
      this.servers.splice(0).map((server) => {
        server.closeAllConnections()
        return new Promise((resolve) => server.close(resolve))
      }),
    )
    this.agents.http.destroy()
    this.agents.https.destroy()
  }

  private async listen(upstream: string, role: Role, base: string): Promise<Front> {
    const front: Front = { role, upstream, origin: '', base }
    const answer = (request: IncomingMessage, response: ServerResponse): void => void relay(this, front, request, response)
    const isSecure = /^https:\/\/(?:127\.0\.0\.1|localhost):/.test(upstream)
    const server = isSecure ? createSecureServer(await tlsOptions(), answer) : createServer(answer)
    server.on('upgrade', (request, socket, head) => relaySocket(this, front, { request, socket, head }))
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
    front.origin = `${isSecure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.servers.push(server)
    this.fronts.push(front)
    return front
  }
}

async function tlsOptions(): Promise<{ key: string; cert: string; requestCert: true; rejectUnauthorized: false }> {
  const { server } = await ownTls()
  return { key: server.key, cert: server.certificate, requestCert: true, rejectUnauthorized: false }
}

/** Also with another scheme, as in `wss://`. */
function swap(text: string, from: string, to: string): string {
  const [fromHost, toHost] = [from, to].map((origin) => origin.replace(/^\w+:\/\//, ''))
  return text.includes(fromHost ?? from) ? text.replaceAll(fromHost ?? from, toHost ?? to) : text
}
