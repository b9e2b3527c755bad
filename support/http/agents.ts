import { Agent as HttpAgent, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import { proxyFor } from './proxy'

type Agent = HttpAgent | HttpsAgent

/** Trusted authorities, certificate and key of an `https` connection, as PEM. */
export interface TlsOptions {
  ca?: string
  cert?: string
  key?: string
}

/**
 * Idle connections are closed after this time in milliseconds: many servers (Node's, uvicorn, Apache) close theirs after
 * five seconds, and a call that is sent at that moment gets no response. A shorter time announced by the server takes precedence.
 */
const LONGEST_IDLE = 4_000

/**
 * The agent of a WebSocket through the proxy of the environment for its URL (ws or wss); undefined for a direct connection.
 * @throws UsageError where the environment's proxy is not a URL
 */
export function tunnelFor(url: string): HttpAgent | undefined {
  const proxy = proxyFor(url)
  if (!proxy) return undefined
  const { HttpsProxyAgent } = require('https-proxy-agent') as typeof import('https-proxy-agent')
  return new HttpsProxyAgent(proxy.url) as HttpAgent
}

/** Where the calls to one origin go. */
export type Route = Pick<RequestOptions, 'protocol' | 'hostname' | 'port' | 'auth' | 'agent'>

/** Connections that are kept alive between calls, direct or through the proxy of the environment; one set for the whole run. */
export class Agents {
  private readonly routes = new Map<string, Route>()
  private readonly options: { keepAlive: true; timeout: number } & TlsOptions
  private readonly direct = new Map<string, Agent>()
  private readonly proxied = new Map<string, Agent>()

  constructor(tls: TlsOptions = {}) {
    this.options = { keepAlive: true, timeout: LONGEST_IDLE, ...tls }
  }

  /** The route of a call to this URL. @throws UsageError where the environment's proxy is not a URL */
  route(url: string): Route {
    const origin = /^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? url
    const known = this.routes.get(origin)
    if (known) return known
    const { protocol, hostname, port, auth } = urlToHttpOptions(new URL(origin))
    const route: Route = { protocol, hostname, port, auth, agent: this.for(origin) }
    this.routes.set(origin, route)
    return route
  }

  /** The agent for calls to this origin. @throws UsageError where the environment's proxy is not a URL */
  for(url: string): Agent {
    const proxy = proxyFor(url)
    const scheme = url.startsWith('https:') ? 'https' : 'http'
    if (!proxy) return this.known(this.direct, scheme, () => this.open(scheme))
    return this.known(this.proxied, `${scheme} ${proxy.url}`, () => this.openThrough(scheme, proxy.url))
  }

  destroy(): void {
    for (const agent of [...this.direct.values(), ...this.proxied.values()]) agent.destroy()
    this.direct.clear()
    this.proxied.clear()
    this.routes.clear()
  }

  private known(agents: Map<string, Agent>, key: string, open: () => Agent): Agent {
    const agent = agents.get(key) ?? open()
    agents.set(key, agent)
    return agent
  }

  private open(scheme: string): Agent {
    return scheme === 'https' ? new HttpsAgent(this.options) : new HttpAgent(this.options)
  }

  /** The libraries are loaded only where there is a proxy. */
  private openThrough(scheme: string, proxy: string): Agent {
    if (scheme === 'https') {
      const { HttpsProxyAgent } = require('https-proxy-agent') as typeof import('https-proxy-agent')
      return new HttpsProxyAgent(proxy, this.options) as Agent
    }
    const { HttpProxyAgent } = require('http-proxy-agent') as typeof import('http-proxy-agent')
    return new HttpProxyAgent(proxy, this.options) as Agent
  }
}
