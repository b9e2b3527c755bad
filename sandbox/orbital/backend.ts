import { readBodies } from '../kit/bodies'
import { failure, parseBody, unrouted } from '../kit/fastapi'
import type { InjectedFaults } from '../kit/injected-faults'
import { listen } from '../kit/sandbox'
import { type Built, newServer, refuse } from '../kit/server'
import { installUnrouted } from '../kit/unrouted'
import { assign } from './assignments'
import { MessageBroker } from './broker'
import { PositionCache } from './cache'
import type { Orbital } from './context'
import { Database } from './database'
import { History } from './history'
import { Losses } from './losses'
import { courierRoutes } from './routes/courier'
import { deliveryRoutes } from './routes/deliveries'
import { healthRoutes } from './routes/health'
import { userRoutes } from './routes/users'
import type { Settings } from './settings'
import { installStaleReads } from './stale'

/** Resolves when the server accepts connections. */
export interface Readiness {
  rabbitmq(): Promise<void>
  mongodb(): Promise<void>
  redis(): Promise<void>
}

/** One backend, whose connections are opened when they are first needed. */
export function openBackend(settings: Settings, ready: Readiness, faults: InjectedFaults): Orbital {
  const losses = new Losses(faults)
  const { REDIS_KEY_PREFIX: prefix, LOCATION_CACHE_TTL_SECONDS: seconds, LOCATION_CACHE_FORMAT: format } = settings
  const orbital: Orbital = {
    settings,
    faults,
    database: new Database(settings.POSTGRES_SUPABASE_URL, losses),
    history: new History(settings.MONGODB_URL, () => ready.mongodb(), losses, settings.HISTORY_FIELDS),
    cache: new PositionCache({ url: settings.REDIS_URL, prefix, seconds, format, ready: () => ready.redis() }, losses),
    broker: new MessageBroker(
      {
        url: settings.RABBITMQ_URL,
        exchange: settings.RABBITMQ_SERVICES_EXCHANGE,
        queue: settings.RABBITMQ_DELIVERIES_QUEUE,
        ready: () => ready.rabbitmq(),
        consume: (body) => assign(orbital, body),
      },
      faults,
      losses,
    ),
  }
  return orbital
}

/** The app of one backend, not yet listening. */
export function buildBackend(orbital: Orbital): Built {
  const { app, hooks } = newServer({
    fastify: { frameworkErrors: (_error, _request, reply) => void refuse(reply, unrouted([])) },
    failure,
    faults: orbital.faults,
  })
  readBodies(app, parseBody)
  installUnrouted(app, (_request, routesAt, path) => unrouted(routesAt(path).flatMap(({ methods }) => methods)))
  installStaleReads(app, orbital.faults)
  for (const routes of [healthRoutes, userRoutes, courierRoutes, deliveryRoutes]) app.register(routes, { orbital })
  return { app, hooks }
}

export async function closeBackend({ broker, history, cache, database }: Orbital): Promise<void> {
  await Promise.allSettled([broker.close(), history.close(), cache.close(), database.close()])
}

/** A running backend that is connected to the broker: exchange and queue are declared. */
export interface RunningBackend {
  address: string
  settings: Settings
  stop(): Promise<void>
}

export async function startBackend(settings: Settings, ready: Readiness, faults: InjectedFaults): Promise<RunningBackend> {
  const orbital = openBackend(settings, ready, faults)
  const { app } = buildBackend(orbital)
  const stop = async (): Promise<void> => {
    await app.close()
    await closeBackend(orbital)
  }
  try {
    const address = await listen(app)
    orbital.broker.start()
    await orbital.broker.demand()
    return { address, settings, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
