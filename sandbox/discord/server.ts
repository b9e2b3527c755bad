import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { FaultSwitch } from '../kit/faults'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import type { Discord } from './context'
import { discordControl } from './control/app'
import { settle } from './control/people'
import { LARGEST_REQUEST } from './forms/upload'
import { Hub } from './gateway/hub'
import { installProtocol, operationOf, rewriteUrl } from './http'
import { Limits } from './limits'
import { Links } from './links'
import { channelRoutes } from './routes/channels'
import { editRoutes } from './routes/edits'
import { fileRoutes } from './routes/files'
import { gatewayRoutes } from './routes/gateway'
import { guildRoutes, memberRoutes } from './routes/guilds'
import { messageRoutes, removalRoutes } from './routes/messages'
import { pinListRoutes, pinRoutes } from './routes/pins'
import { clearingRoutes, reactionRoutes } from './routes/reactions'
import { thirdPartyRoutes, threadMemberRoutes } from './routes/thread-members'
import { threadRoutes } from './routes/threads'
import { userRoutes } from './routes/users'
import { DiscordStore } from './store'
import { answerUnreadable } from './unreadable'

/** Version 9 is still served, and what clients in other languages ask for; both answer alike. */
const PREFIXES = ['/api/v10', '/api/v9', '/api']
const ROUTES = [
  ...[gatewayRoutes, userRoutes, guildRoutes, memberRoutes, channelRoutes, messageRoutes, editRoutes, removalRoutes],
  ...[reactionRoutes, clearingRoutes, threadRoutes, threadMemberRoutes, thirdPartyRoutes, pinRoutes, pinListRoutes],
]

export interface DiscordOptions extends SandboxOptions {
  /** Milliseconds between heartbeats, as the gateway announces them. */
  heartbeatInterval?: number
  /** Milliseconds for which a lost session can be resumed. */
  resumable?: number
}

/** The app of one Discord, not yet listening. */
export function buildDiscord(discord: Discord, faults: FaultSwitch): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: LARGEST_REQUEST,
    routerOptions: { maxParamLength: 512 },
    rewriteUrl,
    clientErrorHandler: answerUnreadable,
  })
  installProtocol(app, discord)
  const hooks = installFaults(app, { faults, state: discord.store.state, operation: operationOf })
  for (const prefix of PREFIXES) for (const routes of ROUTES) app.register(routes, { prefix, discord })
  app.register(fileRoutes, { discord })
  return { app, hooks }
}

/** Starts a Discord with one guild, its bot Ada and a member Ben, whom `variables` name. */
export async function startDiscord(options: DiscordOptions = {}): Promise<RunningSandbox> {
  const { seed, heartbeatInterval = 45_000, resumable = 60_000 } = options
  const faults = new FaultSwitch()
  const discord: Discord = {
    store: new DiscordStore(seed ?? randomUUID(), seed !== undefined),
    links: new Links(),
    hub: new Hub(() => discord, { faults, heartbeatInterval, resumable }),
    limits: new Limits(options.limits ?? false),
  }
  const { app, hooks } = buildDiscord(discord, faults)
  const sockets = openGateway(app, discord)
  const controlApp = discordControl(discord, faults, hooks)
  const [origin, control] = await Promise.all([listen(app, options.port), listen(controlApp, options.controlPort)])
  discord.links.origin = origin
  const address = `${origin}/api`
  return {
    service: 'discord',
    address,
    control,
    variables: { DISCORD_API_URL: address, ...residents(discord) },
    backing: [],
    stop: async () => {
      discord.hub.stop()
      for (const socket of sockets.clients) socket.terminate()
      await Promise.all([app.close(), controlApp.close()])
    },
  }
}

function openGateway(app: FastifyInstance, { hub }: Discord): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  app.server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gateway')
    if (pathname !== '/') return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket) => hub.connect(webSocket, searchParams))
  })
  return sockets
}

function residents(discord: Discord): Record<string, string> {
  const ada = settle(discord, 'residents', { name: 'Ada' })
  const ben = settle(discord, 'residents', { name: 'Ben' })
  return {
    DISCORD_BOT_TOKEN: ada.token ?? '',
    DISCORD_TEST_CHANNEL_ID: ada.channel,
    DISCORD_TEST_USER_ID: ben.id,
    DISCORD_TEST_GUILD_ID: ada.guild,
  }
}
