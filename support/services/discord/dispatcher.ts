import { createRequire } from 'node:module'
import type { RESTOptions } from '@discordjs/rest'
import { proxyFor } from '../../http/proxy'

type Dispatcher = NonNullable<RESTOptions['agent']>

interface Undici {
  Agent: new () => Dispatcher
  ProxyAgent: new (proxy: string) => Dispatcher
}

/**
 * A dispatcher of the library's own copy of undici, through the proxy that the environment sets for the address. By default
 * undici uses the global dispatcher that all its versions in a process share, and that of another library (such as Slack's)
 * rejects its form bodies.
 */
export function newDispatcher(address: string): Dispatcher {
  const { Agent, ProxyAgent } = createRequire(require.resolve('@discordjs/rest'))('undici') as Undici
  const proxy = proxyFor(address)
  return proxy ? new ProxyAgent(proxy.url) : new Agent()
}
