import { createRequire } from 'node:module'
import type { ClientOptions, WebSocket as Socket } from 'ws'
import { tunnelFor } from '../../http/agents'

/**
 * `@discordjs/ws` opens its WebSockets with `ws` and has no option for an agent, so those of its copy of `ws` get ours: if the
 * environment sets a proxy for the gateway, they use it. Must be loaded before `@discordjs/ws`, which keeps the class it finds.
 */
const ws = createRequire(require.resolve('@discordjs/ws'))('ws') as { WebSocket: typeof Socket }

ws.WebSocket = new Proxy(ws.WebSocket, {
  construct(target, [address, protocols, options]: [string | URL, string[], ClientOptions | undefined]): Socket {
    const agent = tunnelFor(String(address))
    return new target(address, protocols, agent ? { agent, ...options } : options)
  },
})
