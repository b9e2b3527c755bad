import type { FastifyPluginAsync } from 'fastify'
import type { Orbital, RouteOptions } from '../context'

const TIMEOUT = 3_000

export const healthRoutes: FastifyPluginAsync<RouteOptions> = async (app, { orbital }) => {
  app.get('/health', async (_request, reply) => {
    const found = await Promise.all(Object.entries(checksOf(orbital)).map(async ([name, check]) => [name, await verdict(check)]))
    const checks = Object.fromEntries(found) as Record<string, string>
    const isWell = Object.values(checks).every((word) => word === 'ok')
    return reply.code(isWell ? 200 : 503).send({ status: isWell ? 'ok' : 'unavailable', checks })
  })
}

function checksOf({ database, broker, history, cache }: Orbital): Record<string, () => Promise<unknown>> {
  return {
    postgres: () => database.rows('select 1'),
    rabbitmq: () => broker.demand(),
    mongodb: () => history.ping(),
    redis: () => cache.ping(),
  }
}

async function verdict(check: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), TIMEOUT)
  })
  const asked = check().then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}
