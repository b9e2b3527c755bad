import type { FastifyPluginAsync } from 'fastify'
import { agentCaller, fieldsOf, type RouteOptions } from '../context'
import { badRequest } from '../errors'

const VERSION = 'Agent-24.12.0-Linux-5.15'

/** Information about the agent, and the echo. */
export const agentRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const up = { status: 'UP', version: '24.12.0' }
  app.get('/v1/info', async () => ({
    ipAddress: '127.0.0.1',
    hostname: 'sandbox',
    serverFqdn: 'sandbox',
    version: VERSION,
    url: '/agent',
    onPrem: false,
    mt: false,
    commitId: 'a9c3f0e7',
    date: '2024-12-02T10:00:00Z',
    server: 'acceptance-sandbox',
    instanceId: 'agent-1',
    proxies: [],
  }))
  app.get('/v3/health', async () => ({ status: 'UP' }))
  app.get('/v3/health/extended', async () => ({
    ...up,
    services: { pod: up, key_manager: up, datafeed: up },
    users: { agentservice: { status: 'UP', authType: 'CERT' } },
  }))
  app.post('/v1/util/echo', async (request) => {
    agentCaller(symphony, request)
    const { message } = fieldsOf(request.body)
    if (typeof message !== 'string') throw badRequest('The "message" is required')
    return { message }
  })
}
