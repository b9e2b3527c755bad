import { createServer, request as send } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

/** A proxy that leads every tunnel and every plain call to one port of this machine, whatever host was asked for. */
export class ConnectProxy {
  /** What was asked for: tunnels as `host:port`, plain calls as URLs. */
  readonly asked: string[] = []
  private readonly server = createServer()

  constructor(target: () => number) {
    this.server.on('request', (request, response) => {
      const url = request.url ?? ''
      this.asked.push(url)
      const { pathname, search } = new URL(url)
      const options = { port: target(), method: request.method, path: pathname + search, headers: request.headers }
      const forwarded = send(options, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)))
      request.pipe(forwarded)
    })
    this.server.on('connect', (request, socket, head) => {
      this.asked.push(request.url ?? '')
      const upstream = connect(target(), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        upstream.write(head)
        upstream.pipe(socket).pipe(upstream)
      })
      const end = (): void => {
        upstream.destroy()
        socket.destroy()
      }
      upstream.on('error', end)
      socket.on('error', end)
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
