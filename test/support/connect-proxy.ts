import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { bodyOf, forward, join } from './forwarding'

/** A proxy that leads every tunnel and every plain call to one port of this machine, whatever host was asked for. */
export class ConnectProxy {
  /** What was asked for: tunnels as `host:port`, plain calls as URLs. */
  readonly asked: string[] = []
  private readonly server = createServer()

  constructor(target: () => number) {
    this.server.on('request', async (request, response) => {
      const url = request.url ?? ''
      this.asked.push(url)
      const { pathname, search } = new URL(url)
      request.url = pathname + search
      const { status, headers, body } = await forward(`http://127.0.0.1:${target()}`, request, await bodyOf(request))
      response.writeHead(status, headers).end(body)
    })
    this.server.on('connect', (request, socket, head) => {
      this.asked.push(request.url ?? '')
      join(socket as Socket, { host: '127.0.0.1', port: target() }, (upstream) => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        upstream.write(head)
      })
    })
  }

  /** @returns its address */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}
