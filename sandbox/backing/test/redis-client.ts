import { connect, type Socket } from 'node:net'

/** A response: text, a number, nothing, or a list; an error is its text after a `-`. */
export type Response = string | number | null | Response[]

/** A connection that sends plain commands and reads responses without a client's own view of them. */
export class RawRedis {
  private readonly socket: Socket
  private bytes = ''
  private wake: () => void = () => undefined

  private constructor(port: number, host: string) {
    this.socket = connect(port, host)
    this.socket.on('data', (chunk: Buffer) => {
      this.bytes += chunk.toString('latin1')
      this.wake()
    })
    this.socket.on('close', () => this.wake())
  }

  /** With the password of the URL, if it has one. */
  static async open(url: string): Promise<RawRedis> {
    const { hostname, port, password } = new URL(url)
    const redis = new RawRedis(Number(port), hostname)
    if (password) await redis.send(`AUTH ${decodeURIComponent(password)}`)
    return redis
  }

  async send(line: string): Promise<Response> {
    const words = line.split(' ')
    this.socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`)
    while (!this.socket.destroyed) {
      const parsed = parse(this.bytes, 0)
      if (parsed) {
        this.bytes = this.bytes.slice(parsed.end)
        return parsed.value
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return 'closed'
  }

  close(): void {
    this.socket.destroy()
  }
}

/** @returns undefined while the response is not whole */
function parse(bytes: string, at: number): { value: Response; end: number } | undefined {
  const line = bytes.indexOf('\r\n', at)
  if (line < 0) return undefined
  const [kind, text, start] = [bytes[at], bytes.slice(at + 1, line), line + 2]
  if (kind === '+') return { value: text, end: start }
  if (kind === '-') return { value: `-${text}`, end: start }
  if (kind === ':') return { value: Number(text), end: start }
  const length = Number(text)
  if (length < 0) return { value: null, end: start }
  if (kind === '*') return parseList(bytes, start, length)
  const end = start + length + 2
  return bytes.length < end ? undefined : { value: bytes.slice(start, end - 2), end }
}

function parseList(bytes: string, start: number, length: number): { value: Response; end: number } | undefined {
  const value: Response[] = []
  let end = start
  while (value.length < length) {
    const item = parse(bytes, end)
    if (!item) return undefined
    value.push(item.value)
    end = item.end
  }
  return { value, end }
}
