import type { FastifyInstance } from 'fastify'
import { invalid, refuse } from './errors'

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/i

/**
 * Reads bodies as FastAPI does: as JSON where they are called so, or called nothing; whatever else comes is text, which no call
 * takes.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = decoded(body as Buffer)
      const type = request.headers['content-type']?.split(';')[0]?.trim()
      if (text === '') done(null, undefined)
      else done(null, type === undefined || JSON_TYPE.test(type) ? parsed(text) : text)
    } catch (error) {
      done(error as Error)
    }
  })
}

/** A byte order mark is no part of the text. */
function decoded(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw refuse(400, 'There was an error parsing the body')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0)
    throw invalid([{ loc: ['body', at], msg: 'JSON decode error', type: 'json_invalid' }])
  }
}
