import { randomInt } from 'node:crypto'
import { startMongodb } from '../backing/mongodb'
import { type PostgresServer, startPostgres } from '../backing/postgres'
import { withClient } from '../backing/postgres-client'
import { startRabbitmq } from '../backing/rabbitmq'
import { startRedis } from '../backing/redis'
import type { BackingServer } from '../backing/server'
import { revisionsWith, upgrade } from './migrate'

const FIRST_NUMBER = [1e9, 1e12] as const

/** The four servers behind a backend, and its own database. */
export interface Servers {
  postgres: PostgresServer
  postgresUrl: string
  rabbitmq: BackingServer
  mongodb: BackingServer
  redis: BackingServer
  stop(): Promise<void>
}

/**
 * Finds all four at once, and waits only for PostgreSQL.
 * @param needed those to start in the background, because scenarios will need them
 */
export async function openServers(needed: (name: string) => boolean, addedRevisions = 0): Promise<Servers> {
  const opening = [startPostgres(), startRabbitmq(), startMongodb(), startRedis()] as const
  try {
    const [, rabbitmq, mongodb, redis] = opening
    for (const one of [rabbitmq, mongodb, redis])
      one.then((server) => (needed(server.name) ? server.ready() : undefined)).catch(() => undefined)
    const postgres = await opening[0]
    const postgresUrl = await postgres.createDatabase('orbital')
    await upgrade(postgresUrl, revisionsWith(addedRevisions))
    await numberFromAfar(postgresUrl)
    const servers = { postgres, postgresUrl, rabbitmq: await rabbitmq, mongodb: await mongodb, redis: await redis }
    return { ...servers, stop: () => stopAll(opening) }
  } catch (error) {
    await stopAll(opening)
    throw error
  }
}

async function stopAll(opening: readonly Promise<{ stop(): Promise<void> }>[]): Promise<void> {
  await Promise.allSettled(opening.map(async (one) => (await one).stop()))
}

/**
 * Ids of users and couriers start at a random number, so that keys and documents with their ids, on this server or another, are not
 * confused with those of a database whose ids start at 1.
 */
function numberFromAfar(url: string): Promise<void> {
  return withClient(url, async (client) => {
    for (const sequence of ['marten.users_id_seq', 'self_delivery.couriers_id_seq'])
      await client.query(`alter sequence ${sequence} restart with ${randomInt(...FIRST_NUMBER)}`)
  })
}
