import type { FastifyInstance } from 'fastify'

/** Tells an unknown path (404) from a known one that does not take the method (405), as the service's framework does. */
export function installNotFound(app: FastifyInstance): void {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const route = known.get(url) ?? { pattern: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}/?$`), methods: new Set() }
    for (const one of [method].flat()) if (one !== 'HEAD') route.methods.add(one)
    known.set(url, route)
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const allowed = [...known.values()].flatMap(({ pattern, methods }) => (pattern.test(path) ? [...methods] : []))
    if (allowed.length === 0) return reply.code(404).send({ detail: 'Not Found' })
    return reply
      .code(405)
      .header('Allow', [...new Set(allowed)].join(', '))
      .send({ detail: 'Method Not Allowed' })
  })
}
