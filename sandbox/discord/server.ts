import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import type { InjectedFaults } from '../kit/injected-faults'
import { addRoutes } from '../kit/routes'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { type Built, newServer } from '../kit/server'
import { post } from './acts/messages'
import type { Discord, DiscordRoutes } from './context'
import { channelOf } from './control/acting'
import { addPerson, person } from './control/people'
import { discordControl } from './control/routes'
import { LARGEST_BODY } from './forms/upload'
import { Hub } from './gateway/hub'
import { failure, installProtocol, operationOf, refuseUnreadable, rewriteUrl } from './http'
import { Limits } from './limits'
import { Links } from './links'
import { channelRoutes } from './routes/channels'
import { fileRoutes } from './routes/files'
import { gatewayRoutes } from './routes/gateway'
import { guildRoutes } from './routes/guilds'
import { messageRoutes } from './routes/messages'
import { pinRoutes } from './routes/pins'
import { reactionRoutes } from './routes/reactions'
import { threadMemberRoutes, threadRoutes } from './routes/threads'
import { userRoutes } from './routes/users'
import { DiscordStore } from './store'

/** Version 9 is still served, and clients in other languages use it; both versions have the same responses. */
const PREFIXES = ['/api/v10', '/api/v9', '/api']
const ROUTES: DiscordRoutes = {
  ...{ ...gatewayRoutes, ...userRoutes, ...guildRoutes, ...channelRoutes, ...messageRoutes },
  ...{ ...reactionRoutes, ...threadRoutes, ...threadMemberRoutes, ...pinRoutes },
}

export interface DiscordOptions extends SandboxOptions {
  /** Milliseconds between heartbeats, as the gateway announces them. */
  heartbeatInterval?: number
  /** Milliseconds for which a lost session can be resumed. */
  resumable?: number
}

/** The app of one Discord server, not yet listening. */
function buildDiscord(discord: Discord, faults: InjectedFaults): Built {
  const { app, hooks } = newServer({
    fastify: {
      // Read completely, so that the client receives the refusal of a body that is too large.
      bodyLimit: 4 * LARGEST_BODY,
      routerOptions: { maxParamLength: 512 },
      rewriteUrl,
      clientErrorHandler: refuseUnreadable,
    },
    failure,
    faults,
    state: discord.store.state,
    operation: operationOf,
  })
  installProtocol(app, discord)
  for (const prefix of PREFIXES) addRoutes(app, discord, ROUTES, prefix)
  addRoutes(app, discord, fileRoutes)
  return { app, hooks }
}

/** Starts a Discord with one guild, its bot Ada and a member Ben. */
export const startDiscord = defineSandbox({
  service: 'discord',
  control: discordControl,
  open: ({ options, faults }: Setup<DiscordOptions>): Discord => {
    const { seed, heartbeatInterval = 45_000, resumable = 60_000 } = options
    const discord: Discord = {
      store: new DiscordStore(seed ?? randomUUID(), seed !== undefined),
      links: new Links(),
      hub: new Hub(() => discord, { faults, heartbeatInterval, resumable }),
      limits: new Limits(options.limits ?? false),
    }
    return discord
  },
  build: buildDiscord,
  ready: (discord, { app, origin, onStop }) => {
    const sockets = openGateway(app, discord)
    onStop(() => {
      discord.hub.stop()
      for (const socket of sockets.clients) socket.terminate()
    })
    discord.links.origin = origin
    const address = `${origin}/api`
    const [ada, ben] = [seeded(discord, 'Ada'), seeded(discord, 'Ben')]
    // A person has written in the channel before any other person.
    post(discord, discord.store.user(ben.id), channelOf(discord, ben.channel), { content: 'The release notes are in the wiki.' })
    return {
      address,
      variables: {
        DISCORD_API_URL: address,
        DISCORD_BOT_TOKEN: ada.token ?? '',
        DISCORD_TEST_CHANNEL_ID: ada.channel,
        DISCORD_TEST_USER_ID: ben.id,
        DISCORD_TEST_GUILD_ID: ada.guild,
      },
    }
  },
})

const seeded = (discord: Discord, name: string) => addPerson(discord, 'seeded', person.parse({ name }))

function openGateway(app: FastifyInstance, { hub }: Discord): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  app.server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gateway')
    if (pathname !== '/') return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket) => hub.connect(webSocket, searchParams))
  })
  return sockets
}
