import { isUtf8 } from 'node:buffer'
import type { Redactor } from '../config/redaction'

type Write = typeof process.stdout.write

const READER_GONE = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])

/**
 * From here on no output of this process or its workers contains a secret: neither logs of steps nor Cucumber's messages about a
 * failed plugin, which reach no formatter. A secret that is split over two writes would not be removed; the suite never writes in
 * parts.
 * @returns restores the streams
 */
export function guardStreams(
  redactor: Redactor,
  streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr],
): () => void {
  const restore = streams.map((stream) => guard(stream, redactor))
  return () => {
    for (const one of restore) one()
  }
}

/** The reader of a pipe may close it (`| head`, a log that breaks): later output is dropped, and the run ends normally. */
function guard(stream: NodeJS.WriteStream, redactor: Redactor): () => void {
  const original: Write = stream.write
  let isGone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!READER_GONE.has(error.code ?? '')) throw error
    isGone = true
  })
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    if (!isGone) return Reflect.apply(original, stream, [cleanChunk(chunk, redactor), ...rest])
    const callback = rest.findLast((one): one is () => void => typeof one === 'function')
    if (callback) setImmediate(callback)
    return true
  }
  stream.write = write
  return () => {
    if (stream.write === write) stream.write = original
  }
}

function cleanChunk(chunk: string | Uint8Array, redactor: Redactor): string | Uint8Array {
  if (typeof chunk === 'string') return redactor.text(chunk)
  const encoding = isUtf8(chunk) ? 'utf8' : 'latin1'
  const text = Buffer.from(chunk).toString(encoding)
  const clean = redactor.text(text)
  return clean === text ? chunk : Buffer.from(clean, encoding)
}
