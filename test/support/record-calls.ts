import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { IncomingMessage, Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { ROOT } from './runner'

/** One call with its response, as a server of the process saw them. */
export interface RecordedCall {
  method: string
  /** Path and query, without the address. */
  path: string
  /** The content type of the request. */
  type: string
  sent: Buffer
  status: number
  received: Buffer
}

const FILE = process.env.RECORD_CALLS_TO

/** Keeps the bytes of a request while they arrive; reading them otherwise would take them from the server. */
function keepSent(request: IncomingMessage): Buffer[] {
  const chunks: Buffer[] = []
  const { push } = request
  request.push = (chunk: Buffer | null, ...rest) => {
    // A copy, because a sandbox frees the memory of a chunk that it has read.
    if (chunk !== null) chunks.push(Buffer.from(chunk))
    return push.call(request, chunk, ...rest)
  }
  return chunks
}

function keepReceived(response: ServerResponse): Buffer[] {
  const chunks: Buffer[] = []
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as Uint8Array))
  }
  for (const name of ['write', 'end'] as const) {
    const own = response[name] as (...args: unknown[]) => unknown
    Object.assign(response, {
      [name]: (...args: unknown[]) => {
        keep(args[0])
        return own.apply(response, args)
      },
    })
  }
  return chunks
}

function record(file: string, request: IncomingMessage, response: ServerResponse): void {
  const [sent, received] = [keepSent(request), keepReceived(response)]
  response.on('finish', () => {
    const { method = 'GET', url: path = '/', headers } = request
    const call = { method, path, type: headers['content-type'] ?? '', status: response.statusCode }
    const bodies = { sent: Buffer.concat(sent).toString('base64'), received: Buffer.concat(received).toString('base64') }
    appendFileSync(file, `${JSON.stringify({ ...call, ...bodies })}\n`)
  })
}

if (FILE !== undefined) {
  const { emit } = Server.prototype
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    const [request, response] = args
    if (event === 'request' && request instanceof IncomingMessage) record(FILE, request, response as ServerResponse)
    return emit.apply(this, [event, ...args] as Parameters<typeof emit>)
  }
}

/** For a process whose servers write their calls to a file. */
export function recordingTo(file: string): Record<string, string> {
  return { RECORD_CALLS_TO: file, NODE_OPTIONS: `--require ${join(ROOT, 'support/run/typescript.js')} --require ${__filename}` }
}

export function recordedIn(file: string): RecordedCall[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const call = JSON.parse(line) as Omit<RecordedCall, 'sent' | 'received'> & { sent: string; received: string }
    return { ...call, sent: Buffer.from(call.sent, 'base64'), received: Buffer.from(call.received, 'base64') }
  })
}
