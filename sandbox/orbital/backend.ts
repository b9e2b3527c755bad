import type { FaultSwitch } from '../kit/faults'
import { listen } from '../kit/sandbox'
import { buildOrbital } from './app'
import { assign } from './assignments'
import { MessageBroker } from './broker'
import { PositionCache } from './cache'
import type { Orbital } from './context'
import { Database } from './database'
import { History } from './history'
import { Losses } from './losses'
import type { Settings } from './settings'

/** Resolves when the server is there to be connected to. */
export interface Readiness {
  rabbitmq(): Promise<void>
  mongodb(): Promise<void>
  redis(): Promise<void>
}

/** One backend that is up, with connections and consumers of its own. */
export interface RunningBackend {
  address: string
  settings: Settings
  /** Connected to the broker, exchange and queue declared. */
  connected(): Promise<void>
  stop(): Promise<void>
}

/** @param consumes whether it connects to the broker at once, to take assignments; else when it first has something to tell */
export async function startBackend(
  settings: Settings,
  ready: Readiness,
  faults: FaultSwitch,
  { port = 0, consumes = true } = {},
): Promise<RunningBackend> {
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
  const { app } = buildOrbital(orbital)
  const address = await listen(app, port)
  if (consumes) orbital.broker.start()
  return { address, settings, connected: () => orbital.broker.demand(), stop: () => stopAll(orbital, () => app.close()) }
}

async function stopAll({ broker, history, cache, database }: Orbital, closeApp: () => Promise<unknown>): Promise<void> {
  await closeApp()
  await Promise.allSettled([broker.close(), history.close(), cache.close(), database.close()])
}
