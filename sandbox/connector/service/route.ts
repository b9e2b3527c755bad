import type { FastifyPluginAsync } from 'fastify'
import type { ConnectorApp, Infrastructure } from './app'

/** The SDK release whose responses are returned; `doc`: 3.28.3 with a preflight as in the older documentation. */
export type Dialect = '3.52.0' | '3.28.3' | 'doc'

/** Whether the app is on the newer release. */
export function isNew({ dialect }: Pick<Service, 'dialect'>): boolean {
  return dialect === '3.52.0'
}

/** The dependencies of every route. */
export interface Service {
  app: ConnectorApp
  infrastructure: Infrastructure
  dialect: Dialect
}

interface RouteOptions {
  service: Service
}

export type Routes = FastifyPluginAsync<RouteOptions>
