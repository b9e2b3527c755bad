import type { Routes } from '../../kit/routes'
import { agentRoutes, fieldsOf, type Symphony } from '../context'
import { badRequest } from '../errors'

const VERSION = 'Agent-24.12.0-Linux-5.15'
const UP = { status: 'UP', version: '24.12.0' }

/** Information about the agent, for which no credentials are needed, and the echo. */
export const infoRoutes: Routes<Symphony> = {
  'GET /v1/info': () => ({
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
  }),
  'GET /v3/health': () => ({ status: 'UP' }),
  'GET /v3/health/extended': () => ({
    ...UP,
    services: { pod: UP, key_manager: UP, datafeed: UP },
    users: { agentservice: { status: 'UP', authType: 'CERT' } },
  }),
  ...agentRoutes({
    'POST /v1/util/echo': ({ body }) => {
      const { message } = fieldsOf(body)
      if (typeof message !== 'string') throw badRequest('The "message" is required')
      return { message }
    },
  }),
}
