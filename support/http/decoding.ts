import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'

type Decode = (body: Buffer) => Promise<Buffer>

const DECODERS: Readonly<Record<string, Decode>> = {
  identity: async (body) => body,
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: inflateEither,
  br: promisify(brotliDecompress),
  ...(zstdDecompress ? { zstd: promisify(zstdDecompress) } : {}),
}

/** The content codings that the suite accepts. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br'

/** Why a body cannot be read. `isCutShort`: it ended too early, so that a retry may help. */
export class DecodingError extends Error {
  /** Of the response, once it is known. */
  status: number | undefined

  constructor(
    message: string,
    readonly isCutShort: boolean,
  ) {
    super(message)
    this.name = 'DecodingError'
  }
}

/**
 * Removes the content codings of a body, the last applied first, as in RFC 9110 8.4: names regardless of case, several
 * separated by commas.
 * @throws DecodingError for an unknown coding, damaged data, or data that ends too early
 */
export async function decodeBody(body: Buffer, codings: string | undefined): Promise<Buffer> {
  if (!codings || body.length === 0) return body
  let decoded = body
  for (const coding of codings.split(',').reverse()) {
    const name = coding.trim().toLowerCase()
    if (name === '') continue
    const decode = DECODERS[name]
    if (!decode) throw new DecodingError(`its content coding "${name}" is unknown`, false)
    decoded = await decode(decoded).catch((error: NodeJS.ErrnoException) => {
      const isCutShort = error.code === 'Z_BUF_ERROR' || /unexpected end/i.test(error.message)
      throw new DecodingError(
        isCutShort ? `its ${name} data ends too early` : `it is no ${name} data (${error.message})`,
        isCutShort,
      )
    })
  }
  return decoded
}

/** Servers send both the zlib format, as in the standard, and raw deflate. */
async function inflateEither(body: Buffer): Promise<Buffer> {
  const isZlib = ((body[0] ?? 0) & 0x0f) === 8 && (((body[0] ?? 0) << 8) | (body[1] ?? 0)) % 31 === 0
  return promisify(isZlib ? inflate : inflateRaw)(body)
}

/** A body as text, in the character set its content type names (UTF-8 unless named), without a byte order mark. */
export function textOf(body: Buffer, contentType: string): string {
  const charset = /charset=\s*"?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8'
  if (charset === 'utf-8' || charset === 'utf8') {
    const text = body.toString('utf8')
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  }
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    throw new DecodingError(`its character set "${charset}" is unknown`, false)
  }
}

/**
 * JSON is parsed, anything else stays text.
 * @throws DecodingError where the content type is JSON and the text is not
 */
export function parseBody(text: string, contentType: string): unknown {
  if (text.trim() === '') return ''
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/[/+]json\b/i.test(contentType)) return text
    throw new DecodingError(`it is no JSON (${error instanceof Error ? error.message : error})`, false)
  }
}
