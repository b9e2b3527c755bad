import Fastify, { type FastifyInstance } from 'fastify'
import type { FaultHooks } from './fault-hooks'
import type { Fault, FaultSwitch } from './faults'
import { Refusal } from './refusal'

/**
 * The control port's app: `POST /faults` arms one, `DELETE /faults` disarms all; a service adds its powers as routes of its own.
 * Every power answers JSON. Common to all services: `POST /people` makes accounts, `GET /existing?runId=` lists what a run left.
 */
export function buildControl(faults: FaultSwitch, hooks: FaultHooks): FastifyInstance {
  const app = Fastify({ logger: false, forceCloseConnections: true })
  app.setErrorHandler((error: Error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send(error.body)
    return reply.code(500).send({ error: error.message })
  })
  app.addHook('onResponse', async (request) => {
    if (request.method !== 'GET') hooks.forget()
  })
  app.post<{ Body: Fault }>('/faults', async (request, reply) => {
    faults.arm(request.body)
    return reply.code(204).send()
  })
  app.delete('/faults', async (_request, reply) => {
    faults.disarm()
    return reply.code(204).send()
  })
  return app
}
