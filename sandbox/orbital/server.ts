import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { buildBackend, closeBackend, openBackend } from './backend'
import { type Controlled, orbitalControl } from './control'
import { FreshBackends } from './fresh-backends'
import { OwnPlaces } from './own-places'
import { openServers } from './servers'
import { type Overrides, readSettings, type Settings } from './settings'

/** Differences of other builds of the backend, on which no feature may depend. */
export interface Build {
  settings?: Overrides
  addedRevisions?: number
}

export interface OrbitalOptions extends SandboxOptions {
  build?: Build
}

/** Starts a backend on the four servers; waits only for PostgreSQL, unless it is to serve any client. */
export const startOrbital = defineSandbox({
  service: 'orbital',
  control: orbitalControl,
  build: buildBackend,
  open: async ({ options, faults, onStop }: Setup<OrbitalOptions>): Promise<Controlled> => {
    const servers = await openServers((server) => isNeeded(server, options), options.build?.addedRevisions)
    onStop(() => servers.stop())
    const places = new OwnPlaces(servers)
    onStop(() => places.removeAll())
    const addresses = {
      'POSTGRES-SUPABASE-URL': servers.postgresUrl,
      'RABBITMQ-URL': servers.rabbitmq.url,
      'MONGODB-URL': servers.mongodb.url,
      'REDIS-URL': servers.redis.url,
    }
    const settings = readSettings(addresses, { ...places.settings, ...options.build?.settings })
    const { ready } = places
    const orbital = openBackend(settings, ready, faults)
    onStop(() => closeBackend(orbital))
    const fresh = new FreshBackends(settings, places, faults)
    onStop(() => fresh.stopAll())
    return { ...orbital, servers, ready, fresh, databases: new Map() }
  },
  ready: async ({ broker, ready, servers, settings }, { origin, options }) => {
    if (isNeeded('rabbitmq', options)) broker.start()
    if (options.tags === undefined) await Promise.all([ready.rabbitmq(), ready.mongodb(), ready.redis(), broker.demand()])
    const backing = [servers.rabbitmq, servers.mongodb, servers.redis]
    return {
      variables: variablesOf(origin, settings),
      backing: [servers.postgres.label, ...backing.map(({ label }) => label)],
      real: ['postgres', ...backing.filter(({ isReal }) => isReal).map(({ name }) => name)],
    }
  },
})

function isNeeded(server: string, { tags }: SandboxOptions): boolean {
  return tags === undefined || tags.includes(`@needs:${server}`)
}

function variablesOf(address: string, settings: Settings): Record<string, string> {
  return {
    ORBITAL_BASE_URL: address,
    ORBITAL_POSTGRES_URL: settings.POSTGRES_SUPABASE_URL,
    ORBITAL_RABBITMQ_URL: settings.RABBITMQ_URL,
    ORBITAL_MONGODB_URL: settings.MONGODB_URL,
    ORBITAL_REDIS_URL: settings.REDIS_URL,
    ORBITAL_JWT_SECRET: settings.JWT_SECRET_KEY,
    ORBITAL_EXCHANGE: settings.RABBITMQ_SERVICES_EXCHANGE,
    ORBITAL_DELIVERIES_QUEUE: settings.RABBITMQ_DELIVERIES_QUEUE,
    ...(settings.REDIS_KEY_PREFIX && { ORBITAL_REDIS_PREFIX: settings.REDIS_KEY_PREFIX }),
  }
}
