import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { Refusal } from '../kit/refusal'
import { readBodies } from './bodies'
import type { Orbital } from './context'
import { courierRoutes } from './routes/courier'
import { deliveryRoutes } from './routes/deliveries'
import { healthRoutes } from './routes/health'
import { userRoutes } from './routes/users'
import { installStaleReads } from './stale'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']

/** The app of one backend, not yet listening. */
export function buildOrbital(orbital: Orbital): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    // What is no path leads nowhere.
    frameworkErrors: (_error, _request, reply) => void (reply as FastifyReply).code(404).send({ detail: 'Not Found' }),
  })
  readBodies(app)
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

function answer(error: FastifyError | Refusal, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
  const status = error.statusCode ?? 500
  return reply.code(status).send({ detail: status === 500 ? 'Internal Server Error' : error.message })
}
