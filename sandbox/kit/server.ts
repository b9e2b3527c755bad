import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify'
import { type FaultHooks, type FaultOptions, installFaults } from './injected-faults'
import { Refusal } from './refusal'

export interface ServerOptions extends FaultOptions {
  /** Limits and router options of this service. */
  fastify?: FastifyServerOptions
  /** The service's own response to an error that is no refusal: a defect (500), or a request that the framework refuses. */
  failure(status: number, message: string): Refusal
}

/** An app that is ready to listen, and its injected faults. */
export interface Built {
  app: FastifyInstance
  hooks: FaultHooks
}

/** The web server of a service without its routes: error responses and injected faults are in place. */
export function newServer({ fastify, failure, ...faults }: ServerOptions): Built {
  const app = Fastify({ logger: false, forceCloseConnections: true, ...fastify })
  app.setErrorHandler((error: FastifyError | Refusal, _request, reply) =>
    refuse(reply, error instanceof Refusal ? error : failure(error.statusCode ?? 500, error.message)),
  )
  return { app, hooks: installFaults(app, faults) }
}

export function refuse(reply: FastifyReply, { status, headers, body }: Refusal): FastifyReply {
  return reply.code(status).headers(headers).send(body)
}

/** Sends JSON as `application/json` without a charset, which some clients take for text. */
export function withoutCharset(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    if (String(reply.getHeader('content-type')).startsWith('application/json')) reply.header('content-type', 'application/json')
    return payload
  })
}
