import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Sends a call on to a server over a connection of its own. @param target origin of the server */
export function forward(target: string, call: IncomingMessage, body: Buffer): Promise<Reply> {
  return new Promise((done, fail) => {
    const headers = { ...call.headers, host: new URL(target).host, connection: 'close' }
    const onward = request(new URL(call.url ?? '/', target), { method: call.method ?? 'GET', headers }, (reply) => {
      bodyOf(reply).then((whole) => {
        const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = reply.headers
        done({ status: reply.statusCode ?? 502, headers: rest, body: whole })
      }, fail)
    })
    onward.on('error', fail).end(body)
  })
}

/** Joins a client's socket with a server. @param greet writes what each side receives before the other side's bytes */
export function join(socket: Socket, { host, port }: { host: string; port: number }, greet: (upstream: Socket) => void): void {
  const upstream = connect(port, host, () => {
    greet(upstream)
    upstream.pipe(socket).pipe(upstream)
  })
  const end = (): void => {
    upstream.destroy()
    socket.destroy()
  }
  upstream.on('error', end)
  socket.on('error', end)
}
