import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { Refusal } from '../kit/refusal'
import type { Orbital } from './context'
import { invalid } from './errors'
import { courierRoutes } from './routes/courier'
import { deliveryRoutes } from './routes/deliveries'
import { healthRoutes } from './routes/health'
import { userRoutes } from './routes/users'
import { installStaleReads } from './stale'

declare module 'fastify' {
  interface FastifyRequest {
    userId: number
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']

/** The app of one backend, not yet listening. */
export function buildOrbital(orbital: Orbital): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({ logger: false, forceCloseConnections: true })
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => parse(String(body), done))
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body === '' ? undefined : body))
  app.setErrorHandler((error: FastifyError | Refusal, _request, reply) => answer(error, reply))
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split('?')[0] ?? ''
    const allowed = METHODS.filter((method) => app.findRoute({ url, method }))
    if (allowed.length === 0) return reply.code(404).send({ detail: 'Not Found' })
    return reply.code(405).header('Allow', allowed.join(', ')).send({ detail: 'Method Not Allowed' })
  })
  const hooks = installFaults(app, { faults: orbital.faults })
  installStaleReads(app, orbital.faults)
  for (const routes of [healthRoutes, userRoutes, courierRoutes, deliveryRoutes]) app.register(routes, { orbital })
  return { app, hooks }
}

/** Who calls is checked before what is sent: a body that is no JSON is told of only to those who may send one. */
function parse(body: string, done: (error: Error | null, value?: unknown) => void): void {
  try {
    done(null, body === '' ? undefined : JSON.parse(body))
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0)
    done(invalid([{ loc: ['body', at], msg: 'JSON decode error', type: 'json_invalid' }]))
  }
}

function answer(error: FastifyError | Refusal, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
  const status = error.statusCode ?? 500
  return reply.code(status).send({ detail: status === 500 ? 'Internal Server Error' : error.message })
}
