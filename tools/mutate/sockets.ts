import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Front, Fronts } from './fronts'
import type { Call, RequestTree } from './wire'

interface Upgrade {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
}

const server = new WebSocketServer({ noServer: true })
const OWN_HEADERS = /^(?:host|connection|upgrade|sec-websocket-.*)$/
/** Close codes that must not be sent. */
const UNSENDABLE = new Set([1005, 1006, 1015])

/** A WebSocket through a proxy, message by message. */
export function relaySocket(fronts: Fronts, front: Front, upgrade: Upgrade): void {
  const { request, socket } = upgrade
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.test(name)))
  const upstream = new WebSocket(`${front.upstream.replace(/^http/, 'ws')}${request.url ?? '/'}`, {
    headers,
    perMessageDeflate: false,
  })
  upstream.once('unexpected-response', (_request, { statusCode = 502 }) => {
    socket.end(`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ''}\r\nConnection: close\r\n\r\n`)
  })
  upstream.on('error', () => socket.destroy())
  const early: [RawData, boolean][] = []
  const collect = (data: RawData, isBinary: boolean): void => void early.push([data, isBinary])
  upstream.on('message', collect)
  upstream.once('open', () => {
    server.handleUpgrade(request, socket, upgrade.head, (client) => {
      upstream.off('message', collect)
      join(fronts, upstream, client)
      for (const [data, isBinary] of early) fromService(fronts, client, data, isBinary)
    })
  })
}

function join(fronts: Fronts, upstream: WebSocket, client: WebSocket): void {
  upstream.on('message', (data, isBinary) => fromService(fronts, client, data, isBinary))
  client.on('message', (data, isBinary) => fromSuite(fronts, upstream, data, isBinary))
  upstream.on('ping', (data) => client.ping(data))
  client.on('ping', (data) => upstream.ping(data))
  upstream.on('close', (code, reason) => close(client, code, reason))
  client.on('close', (code, reason) => close(upstream, code, reason))
  client.on('error', () => upstream.terminate())
  fronts.onClose(() => {
    upstream.terminate()
    client.terminate()
  })
}

function close(socket: WebSocket, code: number, reason: Buffer): void {
  if (UNSENDABLE.has(code)) socket.terminate()
  else socket.close(code, reason)
}

function fromService(fronts: Fronts, client: WebSocket, data: RawData, isBinary: boolean): void {
  const text = isBinary ? undefined : fronts.outward(String(data))
  const tree = parsed(text)
  const name = tree === undefined ? undefined : fronts.wire.received?.(tree)
  if (name === undefined) {
    send(client, text ?? data, isBinary)
    return
  }
  const body = { tree }
  const { isChanged, delivery } = fronts.handler.event({ operation: `event ${name}`, body })
  const message = isChanged ? JSON.stringify(body.tree) : (text ?? '')
  const deliver = (): void => {
    for (let copy = 0; copy < delivery.copies; copy++) send(client, message, false)
  }
  if (delivery.delay === 0) deliver()
  else {
    const timer = setTimeout(deliver, delivery.delay)
    fronts.onClose(() => clearTimeout(timer))
  }
}

/** A message that the suite sends over a socket is a call without a response. */
function fromSuite(fronts: Fronts, upstream: WebSocket, data: RawData, isBinary: boolean): void {
  const text = isBinary ? undefined : String(data)
  const tree = parsed(text)
  const name = tree === undefined ? undefined : fronts.wire.sent?.(tree)
  if (name === undefined) {
    send(upstream, text ?? data, isBinary)
    return
  }
  const request: { tree: RequestTree } = { tree: { path: {}, query: {}, body: tree } }
  const call: Call = { operation: `send ${name}`, method: 'SEND', path: '', headers: {}, request }
  const { isChanged, reply } = fronts.handler.call(call)
  if (!reply) send(upstream, isChanged ? JSON.stringify(request.tree.body) : (text ?? ''), false)
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function send(socket: WebSocket, data: RawData | string, isBinary: boolean): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(data, { binary: isBinary })
}
