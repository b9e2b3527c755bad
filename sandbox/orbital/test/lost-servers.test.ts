import { after, before, describe, test } from 'node:test'
import { type Channel, type ChannelModel, connect } from 'amqplib'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { Client } from 'pg'
import type { Anything } from '../../colony/test/support/server'
import { eventually } from '../../kit/test/eventually'
import { bareOrbital, type OrbitalWire } from './support/server'

const REPORT = { latitude: 2, longitude: 2 }

/** A backend of one test, with a courier who has reported once, and a count of its published events. */
interface Own {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Anything }>
  line(server: string, what: 'cut' | 'mend'): Promise<void>
  /** Stored data of the courier: row, documents, cached position, events. */
  traces(): Promise<{ latitude: number; documents: number; cached: string | null; events: number }>
}

describe('a server that is unavailable', () => {
  let orbital: OrbitalWire
  let database: Client
  let documents: MongoClient
  let cache: Redis
  let broker: ChannelModel
  before(async () => {
    orbital = await bareOrbital({ rabbitmq: {}, mongodb: {}, redis: {}, postgres: {} })
    database = new Client({ connectionString: orbital.variables.ORBITAL_POSTGRES_URL })
    await database.connect()
    documents = new MongoClient(orbital.variables.ORBITAL_MONGODB_URL ?? '')
    cache = new Redis(orbital.variables.ORBITAL_REDIS_URL ?? '')
    broker = await connect(orbital.variables.ORBITAL_RABBITMQ_URL ?? '')
  })
  after(async () => {
    cache.disconnect()
    await Promise.all([database.end(), documents.close(), broker.close()])
    await orbital.stop()
  })

  async function countEvents(exchange: string): Promise<() => Promise<number>> {
    const channel: Channel = await broker.createChannel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    await channel.bindQueue(queue, exchange, 'courier.location')
    return async () => (await channel.checkQueue(queue)).messageCount
  }

  async function own(who: string): Promise<Own> {
    const { id, token } = orbital.people[who] ?? { id: 0, token: '' }
    const control = (path: string) => fetch(`${orbital.control}${path}`, { method: 'POST' })
    const backend = (await (await control('/backends')).json()) as { id: string; address: string; exchange: string }
    const published = await countEvents(backend.exchange)
    const call: Own['call'] = async (method, path, body) => {
      const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) }
      const sent = body ? { body: JSON.stringify(body) } : {}
      const answer = await fetch(`${backend.address}${path}`, { method, headers, ...sent })
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : undefined }
    }
    expect((await call('POST', '/courier/location', { latitude: 1, longitude: 1 })).status).to.equal(204)
    return {
      call,
      line: async (server, what) => void (await control(`/backends/${backend.id}/lines/${server}/${what}`)),
      traces: async () => {
        const { rows } = await database.query('select last_latitude from self_delivery.couriers where user_id = $1', [id])
        return {
          latitude: rows[0]?.last_latitude,
          documents: await documents.db().collection('courier_location_history').countDocuments({ user_id: id }),
          cached: await cache.get(`courier:${id}:location`),
          events: await published(),
        }
      },
    }
  }

  const here = { latitude: 1, longitude: 1 }
  const shown: Record<string, object | undefined> = { rabbitmq: here, mongodb: here, redis: here, postgres: undefined }
  for (const [server, location] of Object.entries(shown)) {
    test(`${server}: reports get 503 and store nothing, until it is available again`, { timeout: 60_000 }, async () => {
      const { call, line, traces } = await own(server)
      const before = await traces()
      await line(server, 'cut')
      const refused = await call('POST', '/courier/location', REPORT)
      expect(refused.status).to.equal(503)
      expect(refused.body.detail).to.be.a('string')
      expect(await traces()).to.deep.equal(before)
      const health = await call('GET', '/health')
      const checks = { postgres: 'ok', rabbitmq: 'ok', mongodb: 'ok', redis: 'ok', [server]: 'unavailable' }
      expect([health.status, health.body.checks]).to.deep.equal([503, checks])
      const courier = await call('GET', '/courier')
      if (location) expect(courier.body.location).to.include(location)
      else expect(courier.status).to.equal(503)
      await line(server, 'mend')
      await eventually(async () => expect((await call('POST', '/courier/location', REPORT)).status).to.equal(204))
      expect(await traces()).to.include({ latitude: 2, documents: 2, events: 2 })
    })
  }
})
