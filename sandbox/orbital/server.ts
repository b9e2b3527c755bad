import { FaultSwitch } from '../kit/faults'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import { startBackend } from './backend'
import { orbitalControl } from './control'
import { FreshBackends } from './fresh-backends'
import { OwnPlaces } from './own-places'
import { openServers, type Servers } from './servers'
import { type Overrides, readSettings } from './settings'

const ALL = ['rabbitmq', 'mongodb', 'redis'] as const

export interface OrbitalSandbox extends RunningSandbox {
  /** Backing servers that are the real ones. */
  readonly real: readonly string[]
}

/** What another build of the backend does otherwise, which no feature may depend on. */
export interface Build {
  settings?: Overrides
  addedRevisions?: number
}

/** Starts a backend on the four servers; only PostgreSQL is waited for, unless it serves any client. */
export async function startOrbital(options: SandboxOptions & { build?: Build } = {}): Promise<OrbitalSandbox> {
  const wants = (server: string): boolean => options.tags === undefined || options.tags.includes(`@needs:${server}`)
  const servers = await openServers(wants, options.build?.addedRevisions)
  const places = new OwnPlaces(servers)
  try {
    return await open(servers, places, options, wants)
  } catch (error) {
    await places.removeAll()
    await servers.stop()
    throw error
  }
}

async function open(
  servers: Servers,
  places: OwnPlaces,
  options: SandboxOptions & { build?: Build },
  wants: (server: string) => boolean,
): Promise<OrbitalSandbox> {
  const faults = new FaultSwitch()
  const { ready } = places
  const dynamic = {
    'POSTGRES-SUPABASE-URL': servers.postgresUrl,
    'RABBITMQ-URL': servers.rabbitmq.url,
    'MONGODB-URL': servers.mongodb.url,
    'REDIS-URL': servers.redis.url,
  }
  const settings = readSettings(dynamic, { ...places.settings, ...options.build?.settings })
  const backend = await startBackend(settings, ready, faults, { port: options.port ?? 0, consumes: wants('rabbitmq') })
  const fresh = new FreshBackends(settings, places, faults)
  const controlApp = orbitalControl({ servers, ready, settings, faults, fresh, connected: () => backend.connected() })
  const control = await listen(controlApp, options.controlPort)
  if (options.tags === undefined) await Promise.all([...ALL.map((name) => ready[name]()), backend.connected()])
  const backing = [servers.rabbitmq, servers.mongodb, servers.redis]
  return {
    service: 'orbital',
    address: backend.address,
    control,
    variables: variablesOf(backend.address, settings),
    backing: [servers.postgres.label, ...backing.map(({ label }) => label)],
    real: ['postgres', ...backing.filter(({ isReal }) => isReal).map(({ name }) => name)],
    stop: async () => {
      await Promise.allSettled([backend.stop(), fresh.stopAll(), controlApp.close()])
      await places.removeAll()
      await servers.stop()
    },
  }
}

function variablesOf(address: string, settings: ReturnType<typeof readSettings>): Record<string, string> {
  return {
    ORBITAL_BASE_URL: address,
    ORBITAL_POSTGRES_URL: settings.POSTGRES_SUPABASE_URL,
    ORBITAL_RABBITMQ_URL: settings.RABBITMQ_URL,
    ORBITAL_MONGODB_URL: settings.MONGODB_URL,
    ORBITAL_REDIS_URL: settings.REDIS_URL,
    ...(settings.REDIS_KEY_PREFIX && { ORBITAL_REDIS_PREFIX: settings.REDIS_KEY_PREFIX }),
    ORBITAL_JWT_SECRET: settings.JWT_SECRET_KEY,
    ORBITAL_EXCHANGE: settings.RABBITMQ_SERVICES_EXCHANGE,
    ORBITAL_DELIVERIES_QUEUE: settings.RABBITMQ_DELIVERIES_QUEUE,
  }
}
