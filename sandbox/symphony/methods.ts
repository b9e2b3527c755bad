import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { refuse } from './errors'

const ALL = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

/**
 * Notes which methods each path has. To be called before any route is there.
 * @returns what is to be registered after all others: paths asked with a method they do not have answer 405, naming those they have
 */
export function watchMethods(app: FastifyInstance): FastifyPluginAsync {
  const known = new Map<string, string[]>()
  app.addHook('onRoute', ({ url, method }) => {
    known.set(url, [...(known.get(url) ?? []), ...[method].flat()])
  })
  return async (last) => {
    for (const [url, own] of [...known]) {
      const allow = [...own].sort().join(', ')
      const handler = async (): Promise<never> => {
        throw refuse(405, 'Method Not Allowed', { allow })
      }
      last.route({ url, method: ALL.filter((method) => !own.includes(method)), handler })
    }
  }
}
