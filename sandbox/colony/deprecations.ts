import type { FastifyInstance } from 'fastify'

interface Outdated {
  params?: Readonly<Record<string, string>>
  values?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** By route, what was renamed: parameters, and values of a parameter. */
const OUTDATED: Readonly<Record<string, Outdated>> = {
  '/posts': { params: { colony_name: 'colony', search: 'q' }, values: { sort: { new: 'newest' } } },
  '/search': { params: { colony_name: 'colony' } },
  '/notifications': { params: { unread: 'unread_only' } },
}

/** Deprecated names and values are still served; the response names their successors in `X-Colony-Deprecated-Params` and `X-Colony-Deprecated-Values`. */
export function installDeprecations(app: FastifyInstance, prefix: string): void {
  app.addHook('onRequest', async (request, reply) => {
    const { params = {}, values = {} } = OUTDATED[request.routeOptions.url?.replace(prefix, '') ?? ''] ?? {}
    const query = request.query as Record<string, unknown>
    const names = Object.entries(params).flatMap(([old, preferred]) => (old in query ? [`${old}=${preferred}`] : []))
    const old = Object.entries(values).flatMap(([name, renamed]) => {
      const preferred = renamed[String(query[name])]
      return preferred === undefined ? [] : [`${name}:${query[name]}=${preferred}`]
    })
    if (names.length > 0) void reply.header('X-Colony-Deprecated-Params', names.join(', '))
    if (old.length > 0) void reply.header('X-Colony-Deprecated-Values', old.join(', '))
  })
}
