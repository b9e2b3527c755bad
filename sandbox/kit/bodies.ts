import type { FastifyInstance, FastifyRequest } from 'fastify'

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
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';')
      done(null, parse(body as Buffer, mediaType.trim().toLowerCase(), request))
    } catch (error) {
      done(error as Error)
    }
  })
  // Fastify itself refuses a header that is no media type; here the service decides.
  app.addHook('onRequest', async ({ headers }) => {
    const type = headers['content-type']
    if (type !== undefined && !/^[\w.+*-]+\/[\w.+*-]+/.test(type)) headers['content-type'] = 'text/plain'
  })
}
