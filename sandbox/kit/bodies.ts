import type { IncomingMessage } from 'node:http'
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify'

/**
 * Passes every body to one function, whatever its media type, so that each service parses and refuses bodies in its own way.
 * @param parse receives the bytes and the media type in lower case, without parameters; empty where there is none. What it throws becomes
 * the response.
 */
export function readBodies(
  app: FastifyInstance,
  parse: (bytes: Buffer, mediaType: string, request: FastifyRequest) => unknown,
): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const bytes = await bytesOf(payload, request)
    const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';')
    return parse(bytes, mediaType.trim().toLowerCase(), request)
  })
  // Fastify itself refuses a header that is no media type; here the service decides.
  app.addHook('onRequest', async ({ headers }) => {
    const type = headers['content-type']
    if (type !== undefined && !/^[\w.+*-]+\/[\w.+*-]+/.test(type)) headers['content-type'] = 'text/plain'
  })
}

const LARGE = 1024 * 1024

/** As Fastify reads a body, except that a large one is copied into its buffer chunk by chunk, so that it is in memory once. */
function bytesOf(payload: IncomingMessage, { headers, routeOptions }: FastifyRequest): Promise<Buffer> {
  const limit = routeOptions.bodyLimit ?? Number.POSITIVE_INFINITY
  const announced = Number(headers['content-length'])
  return new Promise((resolve, reject) => {
    if (announced > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()
    const body = announced > LARGE ? new OneBuffer(announced) : new Chunks()
    const add = (chunk: Buffer<ArrayBuffer>): void => {
      if (body.size + chunk.length <= limit) body.add(chunk, payload.listenerCount('data') > 1)
      else {
        payload.off('data', add)
        reject(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
      }
    }
    payload.on('data', add)
    payload.on('end', () => resolve(body.bytes()))
    payload.on('error', (error) => reject(Object.assign(error, { statusCode: 400 })))
  })
}

class Chunks {
  size = 0
  private readonly chunks: Buffer[] = []

  add(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.size += chunk.length
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks, this.size)
  }
}

/** Node reads no more than the announced length. */
class OneBuffer {
  size = 0
  private readonly whole: Buffer

  constructor(length: number) {
    this.whole = Buffer.allocUnsafeSlow(length)
  }

  /** @param isShared whether another listener also reads the chunk; otherwise its memory is freed at once */
  add(chunk: Buffer<ArrayBuffer>, isShared: boolean): void {
    this.size += chunk.copy(this.whole, this.size)
    if (!isShared && chunk.length === chunk.buffer.byteLength) chunk.buffer.transfer(0)
  }

  bytes(): Buffer {
    return this.whole
  }
}
