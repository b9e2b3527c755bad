import type { Socket } from 'node:net'
import { Channel, type Line } from './channel'
import type { Codec, Fields, Frame } from './codec'
import { AmqpError } from './errors'
import type { Message } from './queue'
import type { Topology } from './topology'

const GREETING = Buffer.from('AMQP\x00\x00\x09\x01', 'latin1')
const FRAME_MAX = 131_072
const HEARTBEAT_SECONDS = 60
const CAPABILITIES = [
  'publisher_confirms',
  'exchange_exchange_bindings',
  'basic.nack',
  'consumer_cancel_notify',
  'connection.blocked',
  'authentication_failure_close',
  'per_consumer_qos',
  'direct_reply_to',
]

export interface Login {
  user: string
  password: string
}

/** One client: the handshake, its channels, and the frames between them and the socket. */
export class Connection implements Line {
  private readonly channels = new Map<number, Channel>()
  private bytes: Buffer = Buffer.alloc(0)
  private greeted = false
  private frameMax = FRAME_MAX
  private beat: NodeJS.Timeout | undefined
  private lastReceived = Date.now()
  /** Closed from this side; what the client had already sent there is dropped until it confirms. */
  private readonly closing = new Set<number>()

  constructor(
    private readonly socket: Socket,
    private readonly codec: Codec,
    private readonly topology: Topology,
    private readonly login: Login,
  ) {
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('close', () => this.end())
  }

  send(name: string, channel: number, fields: Fields): void {
    if (this.socket.writable) this.socket.write(this.codec.method(name, channel, fields))
  }

  sendContent(name: string, channel: number, fields: Fields, { properties, body }: Message): void {
    if (!this.socket.writable) return
    const parts = this.codec.content(channel, properties, body, this.frameMax)
    this.socket.write(Buffer.concat([this.codec.method(name, channel, fields), ...parts]))
  }

  private read(chunk: Buffer): void {
    this.lastReceived = Date.now()
    this.bytes = Buffer.concat([this.bytes, chunk])
    if (!this.greeted && !this.greet()) return
    try {
      const { frames, rest } = this.codec.read(this.bytes)
      this.bytes = rest
      for (const frame of frames) this.take(frame)
    } catch {
      this.socket.destroy()
    }
  }

  private greet(): boolean {
    if (this.bytes.length < GREETING.length) return false
    if (!this.bytes.subarray(0, GREETING.length).equals(GREETING)) {
      this.socket.end(GREETING)
      return false
    }
    this.greeted = true
    this.bytes = this.bytes.subarray(GREETING.length)
    const capabilities = Object.fromEntries(CAPABILITIES.map((name) => [name, true]))
    this.send('ConnectionStart', 0, {
      versionMajor: 0,
      versionMinor: 9,
      serverProperties: { product: 'RabbitMQ, emulated', version: '3.10.0', platform: 'Node.js', capabilities },
      mechanisms: Buffer.from('PLAIN'),
      locales: Buffer.from('en_US'),
    })
    return true
  }

  private take(frame: Frame): void {
    const name = frame.id === undefined || frame.size !== undefined ? undefined : this.codec.nameOf(frame.id)
    try {
      if (frame.channel === 0) this.control(name, frame.fields ?? {})
      else this.forward(frame, name)
    } catch (error) {
      if (!(error instanceof AmqpError)) throw error
      this.fail(frame, error)
    }
  }

  private control(name: string | undefined, fields: Fields): void {
    if (name === 'ConnectionStartOk') this.authenticate(fields)
    if (name === 'ConnectionTuneOk') this.tune(fields)
    if (name === 'ConnectionOpen') this.open(String(fields.virtualHost))
    if (name === 'ConnectionClose') this.send('ConnectionCloseOk', 0, {})
    if (name === 'ConnectionClose' || name === 'ConnectionCloseOk') this.socket.end()
  }

  private authenticate({ mechanism, response }: Fields): void {
    const [, user, password] = Buffer.isBuffer(response) ? response.toString('utf8').split('\0') : []
    if (mechanism !== 'PLAIN' || user !== this.login.user || password !== this.login.password)
      throw new AmqpError(
        403,
        `ACCESS_REFUSED - Login was refused using authentication mechanism ${mechanism}. For details see the broker logfile.`,
        'connection',
      )
    this.send('ConnectionTune', 0, { channelMax: 2_047, frameMax: FRAME_MAX, heartbeat: HEARTBEAT_SECONDS })
  }

  private tune({ frameMax, heartbeat }: Fields): void {
    this.frameMax = Math.min(Number(frameMax) || FRAME_MAX, FRAME_MAX)
    const seconds = Number(heartbeat)
    if (seconds > 0) this.beat = setInterval(() => this.exchangeHeartbeat(seconds), seconds * 500).unref()
  }

  /** Closes the connection of a client that sent nothing for two heartbeat intervals, as RabbitMQ does. */
  private exchangeHeartbeat(seconds: number): void {
    if (Date.now() - this.lastReceived > seconds * 2_000) this.socket.destroy()
    else if (this.socket.writable) this.socket.write(this.codec.heartbeat)
  }

  private open(vhost: string): void {
    if (vhost !== '/') throw new AmqpError(530, `NOT_ALLOWED - vhost ${vhost} not found`, 'connection')
    this.send('ConnectionOpenOk', 0, { knownHosts: '' })
  }

  private forward(frame: Frame, name: string | undefined): void {
    const { channel: id } = frame
    if (name === 'ChannelOpen') {
      this.channels.set(id, new Channel(id, this, this.topology))
      this.send('ChannelOpenOk', id, { channelId: Buffer.alloc(0) })
    } else if (name === 'ChannelClose') {
      this.send('ChannelCloseOk', id, {})
      this.drop(id)
    } else if (name === 'ChannelCloseOk') {
      this.closing.delete(id)
    } else if (!this.closing.has(id)) {
      const channel = this.channels.get(id)
      if (!channel) throw new AmqpError(504, "CHANNEL_ERROR - expected 'channel.open'", 'connection')
      channel.take(frame, name)
    }
  }

  private drop(id: number): void {
    this.channels.get(id)?.close()
    this.channels.delete(id)
  }

  private fail({ channel, id = 0 }: Frame, { code, message, closes }: AmqpError): void {
    const [classId, methodId] = [Math.floor(id / 65_536), id % 65_536]
    const why = { replyCode: code, replyText: message, classId, methodId }
    if (closes === 'channel' && channel > 0) {
      this.drop(channel)
      this.closing.add(channel)
      this.send('ChannelClose', channel, why)
    } else {
      this.send('ConnectionClose', 0, why)
    }
  }

  private end(): void {
    clearInterval(this.beat)
    for (const id of [...this.channels.keys()]) this.drop(id)
    this.topology.release(this)
  }
}
