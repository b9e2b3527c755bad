import { getProxyForUrl } from 'proxy-from-env'
import { UsageError } from '../config/errors'

export interface Proxy {
  /** For display: without user and password. */
  shown: string
  /** With them. */
  url: string
  /** The variable that names it. */
  variable: string
}

/** Loopback calls never go through a proxy, whatever the environment says. */
function isLoopback(url: string): boolean {
  return /^(?:https?|wss?):\/\/(?:127\.|localhost[:/]|localhost$|\[::1\])/i.test(url)
}

/**
 * The proxy for a call to this URL (http, https, ws or wss), from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in
 * upper or lower case; undefined for a direct call.
 * @throws UsageError where the proxy is not a URL
 */
export function proxyFor(url: string): Proxy | undefined {
  if (isLoopback(url) || !isAnyNamed()) return undefined
  const plain = url.replace(/^ws/i, 'http')
  const named = getProxyForUrl(plain)
  if (named === '') return undefined
  const variable = variableOf(plain.startsWith('https:') ? 'https' : 'http')
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(process.env[variable] ?? '')?.[1]?.toLowerCase()
  const whole = scheme === undefined ? `http://${(process.env[variable] ?? '').trim()}` : named
  if (!URL.canParse(whole) || !new URL(whole).hostname || !['http:', 'https:'].includes(new URL(whole).protocol))
    throw new UsageError(`${variable} names no proxy that can be used: give http://host:port or https://host:port.`)
  const { protocol, host } = new URL(whole)
  return { shown: `${protocol}//${host}`, url: whole, variable }
}

const NAMES = ['https_proxy', 'http_proxy', 'all_proxy']

function isAnyNamed(): boolean {
  return NAMES.some((name) => Boolean(process.env[name] || process.env[name.toUpperCase()]))
}

function variableOf(scheme: 'http' | 'https'): string {
  const candidates = [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()])
  return candidates.find((name) => process.env[name]) ?? `${scheme.toUpperCase()}_PROXY`
}
