import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, describe, test } from 'node:test'
import '../../../support/services/discord/sockets'
import { expect } from 'chai'
import type { WebSocket as Socket, WebSocketServer as Sockets } from 'ws'
import { ProxyError } from '../../../support/http/errors'
import { DiscordChat } from '../../../support/services/discord/adapter'
import { SocketModeClient } from '../../../support/services/slack/inbound'
import { accessTo } from '../../support/access'
import { ConnectProxy } from '../../support/connect-proxy'

const ME = { id: '200000000000000001', username: 'ada', discriminator: '0', global_name: null, avatar: null, bot: true }
const IDENTITY = { url: 'https://a.slack.test/', team: 'Acceptance', user: 'ada', team_id: 'T00000001', user_id: 'U00000001' }
const { WebSocket, WebSocketServer } = createRequire(require.resolve('@discordjs/ws'))('ws') as {
  WebSocket: typeof Socket
  WebSocketServer: typeof Sockets
}

describe('every client keeps to the proxy of the environment', () => {
  let server: Server
  let proxy: ConnectProxy
  let address: string
  before(async () => {
    server = createServer((request, response) => {
      const answer = request.url?.includes('connections.open') ? { ok: true, url: 'ws://sockets.test/link' } : ME
      const headers = { 'content-type': 'application/json', 'x-oauth-scopes': 'connections:write' }
      response.writeHead(200, headers).end(JSON.stringify(answer))
    })
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket: Socket) => socket.send(JSON.stringify({ type: 'hello' })))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    proxy = new ConnectProxy(() => (server.address() as AddressInfo).port)
    address = await proxy.start()
  })
  afterEach(() => {
    for (const name of ['HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'NO_PROXY']) delete process.env[name]
    proxy.asked.length = 0
  })
  after(() => {
    proxy.stop()
    server.closeAllConnections()
    server.close()
  })

  async function me(base: string): Promise<string> {
    const { access, close } = accessTo(base, { Ada: { token: 'a-token', channel: '300000000000000001' } })
    try {
      return (await (await DiscordChat.of(access)).me()).name
    } finally {
      await close()
    }
  }

  test('Discord’s REST', async () => {
    process.env.HTTP_PROXY = address
    expect(await me('http://discord.test/api')).to.equal('ada')
    expect(proxy.asked).to.deep.equal(['discord.test:80'])
  })

  test('a proxy that is down is named, and no secret of its address is shown', async () => {
    process.env.HTTP_PROXY = 'http://ada:secret@127.0.0.1:9'
    const error = await me('http://discord.test/api').catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(ProxyError)
    expect(String(error)).to.contain('http://127.0.0.1:9').and.contain('HTTP_PROXY').and.not.contain('secret')
  })

  test('the gateway’s WebSockets, unless NO_PROXY lists the host', async () => {
    process.env.http_proxy = address
    const greeting = await new Promise((resolve, reject) => {
      const socket = new WebSocket('ws://gateway.test/?v=10', [])
      socket.onmessage = ({ data }) => {
        socket.close()
        resolve(String(data))
      }
      socket.onerror = reject
    })
    expect(greeting).to.contain('hello')
    expect(proxy.asked).to.deep.equal(['gateway.test:80'])
    process.env.NO_PROXY = 'gateway.test'
    await new Promise((resolve) => {
      new WebSocket('ws://gateway.test/?v=10', []).onerror = resolve
    })
    expect(proxy.asked).to.have.length(1)
  })

  test('Slack’s Web API and the WebSocket of Socket Mode', async () => {
    process.env.HTTP_PROXY = address
    const { access, close } = accessTo('http://slack.test/api/', { Ada: { appToken: 'xapp-1' } })
    const client = new SocketModeClient(access)
    await client.listen({ id: 'C1', kind: 'channel' }, IDENTITY, false)
    await client.close()
    await close()
    expect([...new Set(proxy.asked)]).to.deep.equal(['http://slack.test/api/apps.connections.open', 'sockets.test:80'])
  })
})
