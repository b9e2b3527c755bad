import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

/** Connections kept open between calls; one pair serves a whole run. */
export interface Agents {
  httpAgent: HttpAgent
  httpsAgent: HttpsAgent
}

export function keepAliveAgents(tls: { ca?: string; cert?: string; key?: string } = {}): Agents {
  return { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true, ...tls }) }
}

/** Loopback calls never go through a proxy, whatever the environment says. */
export function isLoopback(url: string): boolean {
  return /^https?:\/\/(?:127\.|localhost[:/]|localhost$|\[::1\])/.test(url)
}

/** Whether the environment may send this call through a proxy. */
export function isProxied(url: string): boolean {
  if (isLoopback(url)) return false
  const scheme = url.startsWith('https:') ? 'https' : 'http'
  return [`${scheme}_proxy`, 'all_proxy'].some((name) => Boolean(process.env[name] ?? process.env[name.toUpperCase()]))
}
