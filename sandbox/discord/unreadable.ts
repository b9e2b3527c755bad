import type { Socket } from 'node:net'
import { refuse } from './errors'

interface Unreadable {
  code: string
  rawPacket: unknown
}

/**
 * Responds to invalid HTTP, which reaches no route. The common case is a path with an emoji that is not percent-encoded, to which
 * Discord responds as to an unknown emoji.
 */
export function answerUnreadable({ code, rawPacket }: Unreadable, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [line = ''] = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1').split('\r\n') : []
  const { body } = refuse(/\/reactions\/[^/]*[\u0080-\u00ff]/.test(line) ? 'unknownEmoji' : 'malformed')
  const text = JSON.stringify(body)
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
