import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

/** Connections kept open between calls; one pair serves a whole run. */
export interface Agents {
  httpAgent: HttpAgent
  httpsAgent: HttpsAgent
}

/**
 * A connection unused for this long, in milliseconds, is closed by us: many servers (Node's, uvicorn, Apache) close theirs after
 * five seconds, and a call that leaves at that moment gets no answer. Where a server announces less, its word holds.
 */
const LONGEST_IDLE = 4_000

export function keepAliveAgents(tls: { ca?: string; cert?: string; key?: string } = {}): Agents {
  const habits = { keepAlive: true, timeout: LONGEST_IDLE }
  return { httpAgent: new HttpAgent(habits), httpsAgent: new HttpsAgent({ ...habits, ...tls }) }
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
