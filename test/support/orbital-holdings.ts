import { randomUUID } from 'node:crypto'
import { connect } from 'amqplib'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { Client, type QueryResultRow } from 'pg'

const TABLES = ['marten.users', 'self_delivery.couriers', 'self_delivery.deliveries']
const HISTORY = 'courier_location_history'

/** A user in the database that the suite did not create, with one thing of every kind. */
export interface StrangerIds {
  userId: string
  externalId: string
  courierId: string
  deliveryId: string
  messageId: string
}

interface StrangerWish {
  /** Given rather than new, as a database that is made anew gives old numbers to other people. */
  userId?: string
  courierId?: string
  /** Nothing refers to it, so that no foreign key protects it. */
  without?: 'courier' | 'delivery'
}

interface Place {
  latitude: number
  longitude: number
}

/** Everything a backend keeps in its four servers, and others who use it. */
export class OrbitalHoldings {
  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  /** All there is: rows, documents, keys and dead letters, in this order. */
  async look(): Promise<Record<string, unknown[]>> {
    const tables = await Promise.all(
      TABLES.map(async (table) => [table, await this.sql(`select * from ${table} order by id`)] as const),
    )
    return {
      ...Object.fromEntries(tables),
      documents: await this.inHistory((history) => history.find().toArray()),
      keys: await this.inCache(async (redis) => {
        const keys = (await redis.keys('*')).sort()
        return Promise.all(keys.map(async (key) => [key, await redis.get(key)]))
      }),
      deadLetters: await this.deadLetters(),
    }
  }

  async addStranger(wish: StrangerWish = {}): Promise<StrangerIds> {
    const [externalId, deliveryId, messageId] = [randomUUID(), randomUUID(), randomUUID()]
    const [user] = await this.sql(
      `insert into marten.users (id, external_id) values (coalesce($1, nextval('marten.users_id_seq')), $2) returning id::text`,
      [wish.userId, externalId],
    )
    const userId = String(user?.id)
    const courierId = wish.without === 'courier' ? '' : await this.addCourier(userId, wish.courierId)
    if (wish.without === undefined) await this.addDelivery(deliveryId, courierId)
    await this.addPosition(userId, { latitude: 48.137_154, longitude: 11.576_124 })
    await this.addDeadLetter(messageId)
    return { userId, externalId, courierId, deliveryId, messageId }
  }

  private async addCourier(userId: string, id: string | undefined): Promise<string> {
    const [courier] = await this.sql(
      `insert into self_delivery.couriers (id, user_id, status)
       values (coalesce($1, nextval('self_delivery.couriers_id_seq')), $2, 'busy') returning id::text`,
      [id, userId],
    )
    return String(courier?.id)
  }

  async addDelivery(id: string, courierId: string): Promise<void> {
    await this.sql(`insert into self_delivery.deliveries (id, courier_id, status) values ($1, $2, 'picked_up')`, [id, courierId])
  }

  /** In the cache and in the history. */
  async addPosition(userId: string, place: Place): Promise<void> {
    const now = new Date()
    const position = { ...place, reported_at: now.toISOString() }
    await this.inCache((redis) => redis.set(this.keyOf(userId), JSON.stringify(position)))
    await this.inHistory((history) => history.insertOne({ user_id: Number(userId), ...place, recorded_at: now }))
  }

  async addDeadLetter(messageId: string): Promise<void> {
    const connection = await connect(this.variable('RABBITMQ_URL'))
    const channel = await connection.createConfirmChannel()
    channel.sendToQueue(this.deadQueue, Buffer.from('{"event": "delivery.assigned"}'), { messageId, persistent: true })
    await channel.waitForConfirms()
    await connection.close()
  }

  /** As if the servers had been made anew. */
  async empty(): Promise<void> {
    await this.sql(`truncate ${TABLES.join(', ')} cascade`)
    await this.inHistory((history) => history.deleteMany({}))
    await this.inCache((redis) => redis.flushdb())
    const connection = await connect(this.variable('RABBITMQ_URL'))
    await (await connection.createChannel()).purgeQueue(this.deadQueue)
    await connection.close()
  }

  async sql(text: string, values: unknown[] = []): Promise<QueryResultRow[]> {
    const client = new Client({ connectionString: this.variable('POSTGRES_URL') })
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end()
    }
  }

  get deadQueue(): string {
    return `${this.variable('DELIVERIES_QUEUE')}.dead`
  }

  private keyOf(userId: string): string {
    return `${this.variables.ORBITAL_REDIS_PREFIX ?? ''}courier:${userId}:location`
  }

  /** They return to their places when the channel closes. */
  private async deadLetters(): Promise<unknown[]> {
    const connection = await connect(this.variable('RABBITMQ_URL'))
    const channel = await connection.createChannel()
    const found: unknown[] = []
    for (let message = await channel.get(this.deadQueue); message; message = await channel.get(this.deadQueue))
      found.push([message.properties.messageId, message.content.toString()])
    await channel.close()
    await connection.close()
    return found
  }

  private async inHistory<T>(work: (history: ReturnType<ReturnType<MongoClient['db']>['collection']>) => Promise<T>): Promise<T> {
    const client = new MongoClient(this.variable('MONGODB_URL'))
    try {
      return await work(client.db().collection(HISTORY))
    } finally {
      await client.close()
    }
  }

  private async inCache<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.variable('REDIS_URL'))
    try {
      return await work(redis)
    } finally {
      redis.disconnect()
    }
  }

  private variable(name: string): string {
    const value = this.variables[`ORBITAL_${name}`]
    if (!value) throw new Error(`ORBITAL_${name} is not set.`)
    return value
  }
}
