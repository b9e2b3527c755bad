import { createRequire } from 'node:module'
import type { RESTOptions } from '@discordjs/rest'
import { proxyFor } from '../../http/proxy'

type Dispatcher = NonNullable<RESTOptions['agent']>

interface Undici {
  Agent: new () => Dispatcher
  ProxyAgent: new (proxy: string) => Dispatcher
}

/**
 * A dispatcher of the library's own undici, through the proxy that the environment names for the address. Left to itself it takes the
 * one all versions of undici in a process share, and that of another library (Slack's, say) refuses its forms.
 */
export function newDispatcher(address: string): Dispatcher {
  const { Agent, ProxyAgent } = createRequire(require.resolve('@discordjs/rest'))('undici') as Undici
  const proxy = proxyFor(address)
  return proxy ? new ProxyAgent(proxy.url) : new Agent()
}
