import type { FastifyInstance } from 'fastify'
import { MalformedJson } from './validation'

type Done = (error: Error | null, value?: unknown) => void

/**
 * Takes a body for JSON where its content type says so, or where it has none; anything else stays text, which no route takes.
 * Bodyless writes may carry the JSON content type.
 */
export function installBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers }) => {
    const type = headers['content-type']
    if (type !== undefined && !/^[^\s/;]+\/[^\s/;]+/.test(type)) headers['content-type'] = 'text/plain'
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/(?:[\w.-]+\+)?json\b/i, { parseAs: 'string' }, (_request, body, done) =>
    parse(String(body), done),
  )
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (request.headers['content-type'] === undefined || body === '') parse(String(body), done)
    else done(null, body)
  })
}

function parse(body: string, done: Done): void {
  try {
    done(null, body === '' ? undefined : JSON.parse(body))
  } catch (error) {
    done(null, new MalformedJson(Number(/position (\d+)/.exec(String(error))?.[1] ?? 0)))
  }
}
