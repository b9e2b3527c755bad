import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** `{ id: string }` of `POST /age/:id`. */
export type PathParameters<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? PathParameters<Head> & PathParameters<Tail>
  : P extends `:${infer Name}`
    ? Record<Name, string>
    : unknown

export type Handler<S> = (service: S, request: FastifyRequest, reply: FastifyReply) => unknown

/** Handlers by method and path, such as `POST /posts/:id`. A handler that returns nothing responds with 204. */
export type Routes<S> = Readonly<Record<string, Handler<S>>>

export function addRoutes<S>(app: FastifyInstance, service: S, routes: Routes<S>, prefix = ''): void {
  for (const [endpoint, handle] of Object.entries(routes)) {
    const [method = '', path = ''] = endpoint.split(' ')
    app.route({
      method,
      url: `${prefix}${path}`,
      handler: async (request, reply) => {
        const result = await handle(service, request, reply)
        return result === undefined ? reply.code(204).send() : result
      },
    })
  }
}
