import { connect } from 'node:net'
import { Codec, type Fields, type Frame } from '../../../backing/amqp/codec'

export interface Observed {
  heartbeats: number
  /** Milliseconds from the agreed interval to the end of the connection. */
  closedAfter: number
}

/** Agrees on a heartbeat every second, sends none, and watches what the broker does. */
export function silentClient(url: string): Promise<Observed> {
  const { hostname, port, username, password } = new URL(url)
  const [codec, socket] = [new Codec(), connect(Number(port), hostname)]
  let [bytes, heartbeats, since]: [Buffer, number, number] = [Buffer.alloc(0), 0, Date.now()]
  const replies: Record<string, () => void> = {
    ConnectionStart: () => {
      const response = Buffer.from(`\0${decodeURIComponent(username)}\0${decodeURIComponent(password)}`)
      send('ConnectionStartOk', { clientProperties: {}, mechanism: 'PLAIN', response, locale: 'en_US' })
    },
    ConnectionTune: () => {
      send('ConnectionTuneOk', { channelMax: 10, frameMax: 131_072, heartbeat: 1 })
      send('ConnectionOpen', { virtualHost: '/', capabilities: '', insist: false })
      since = Date.now()
    },
  }
  const send = (name: string, fields: Fields): unknown => socket.write(codec.method(name, 0, fields))
  const take = ({ id }: Frame): void => {
    if (id === undefined) heartbeats++
    else replies[codec.nameOf(id)]?.()
  }
  return new Promise((resolve, reject) => {
    socket.on('connect', () => socket.write(Buffer.from('AMQP\x00\x00\x09\x01', 'latin1')))
    socket.on('data', (chunk: Buffer) => {
      const read = codec.read(Buffer.concat([bytes, chunk]))
      bytes = read.rest
      for (const frame of read.frames) take(frame)
    })
    // The broker may cut the connection without a goodbye.
    socket.on('error', (error: NodeJS.ErrnoException) => error.code !== 'ECONNRESET' && reject(error))
    socket.on('close', () => resolve({ heartbeats, closedAfter: Date.now() - since }))
  })
}
