import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { connect } from 'amqplib'
import { Redis } from 'ioredis'
import { type Document, MongoClient } from 'mongodb'
import { Client } from 'pg'
import { freePort } from '../../sandbox/backing/free-port'
import { MongoServer } from '../../sandbox/backing/mongo/server'
import { type PostgresServer, startPostgres } from '../../sandbox/backing/postgres'
import { findRabbit, PrivateRabbit } from '../../sandbox/backing/rabbitmq-local'
import { startRedis } from '../../sandbox/backing/redis'
import type { BackingServer } from '../../sandbox/backing/server'

const run = promisify(execFile)
/** Ids of people whom others have made, as a database numbers them from its beginning. */
export const STRANGERS = Array.from({ length: 60 }, (_, at) => at + 1)
const QUEUE = 'self_delivery.deliveries_test'

type Rows = Record<string, unknown>[]

/** The complete content of the four servers. */
export interface Holdings {
  /** By database: roles, and rows by table. */
  postgres: { databases: string[]; roles: string[]; rows: Rows }
  /** By database and collection. */
  mongodb: Record<string, Document[]>
  /** By number of the logical database and key. */
  redis: Record<string, { value: string; expires: boolean }>
  rabbitmq: { exchanges: string[]; queues: string[]; bindings: string[] }
}

class ListedRabbit extends PrivateRabbit {
  /** As `rabbitmqctl list_…` shows it, a line each. */
  async list(what: string, ...columns: string[]): Promise<string[]> {
    if (!this.programs || !this.ports) throw new Error('the broker has not been started')
    const env = this.environment(this.programs.folder, this.ports)
    const control = join(dirname(this.program.server), 'rabbitmqctl')
    const port = new URL(this.url).port
    const args = ['-q', '-n', `acceptance${port}@localhost`, `list_${what}`, '--no-table-headers', ...columns]
    return (await run(control, args, { env })).stdout.split('\n').filter(Boolean).sort()
  }
}

/** PostgreSQL, RabbitMQ, MongoDB and Redis of other people, as a URL leads to them: their own things are in use there. */
export class GivenServers {
  private constructor(
    private readonly postgres: PostgresServer,
    private readonly rabbit: ListedRabbit,
    private readonly mongo: MongoServer,
    private readonly redis: BackingServer,
  ) {}

  static async start(): Promise<GivenServers> {
    const program = findRabbit()
    if (!program) throw new Error('RabbitMQ is there, but not its Erlang')
    const [rabbit, mongo] = [new ListedRabbit(program, await freePort()), new MongoServer()]
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis(), rabbit.start(), mongo.start()])
    await redis.ready()
    const servers = new GivenServers(postgres, rabbit, mongo, redis)
    await servers.fill()
    return servers
  }

  /** The variables with their addresses. */
  get environment(): Record<string, string> {
    return {
      ACCEPTANCE_POSTGRES_URL: this.postgresUrl('postgres'),
      ACCEPTANCE_RABBITMQ_URL: this.rabbit.url,
      ACCEPTANCE_MONGODB_URL: this.mongoUrl,
      ACCEPTANCE_REDIS_URL: this.redis.url,
    }
  }

  async look(): Promise<Holdings> {
    const [postgres, mongodb, redis, rabbitmq] = await Promise.all([
      this.lookAtPostgres(),
      this.lookAtMongo(),
      this.lookAtRedis(),
      this.lookAtRabbit(),
    ])
    return { postgres, mongodb, redis, rabbitmq }
  }

  /** Lets keys expire now. @param keys as `look` names them */
  async expire(keys: readonly string[]): Promise<void> {
    await this.withRedis(async (redis) => {
      for (const [database, key] of keys.map((one) => one.split(' '))) {
        await redis.select(Number(database))
        await redis.pexpire(key ?? '', 1)
      }
    })
  }

  async stop(): Promise<void> {
    await Promise.all([this.postgres.stop(), this.rabbit.stop(), this.mongo.stop(), this.redis.stop()])
  }

  private get mongoUrl(): string {
    return `mongodb://127.0.0.1:${this.mongo.port}/orbital?directConnection=true`
  }

  private postgresUrl(database: string): string {
    const { host, port, user, password } = this.postgres
    return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
  }

  private async fill(): Promise<void> {
    await this.inPostgres('postgres', (client) =>
      client.query('create role shop_owner_1 login; create table people as select generate_series(1, 60) as id'),
    )
    for (const database of ['orbital_test', 'acceptance_orbital_1700000000_00000000_1'])
      await this.inPostgres('postgres', (client) => client.query(`create database ${database}`))
    await this.withMongo(async (client) => {
      const history = STRANGERS.map((user_id) => ({ user_id, latitude: 48.1, longitude: 11.5, recorded_at: new Date(user_id) }))
      for (const database of ['orbital', 'orbital_test', 'acceptance_orbital_1700000000_00000000'])
        await client
          .db(database)
          .collection('courier_location_history')
          .insertMany(history.map((one) => ({ ...one })))
    })
    await this.withRedis(async (redis) => {
      for (const database of [0, 1]) {
        await redis.select(database)
        for (const id of STRANGERS) {
          const position = JSON.stringify({ latitude: 48.1, longitude: 11.5, reported_at: new Date(id).toISOString() })
          await redis.set(`courier:${id}:location`, position)
          await redis.set(`acceptance:0123456789abcdef:courier:${id}:location`, position)
        }
      }
    })
    const connection = await connect(this.rabbit.url)
    const channel = await connection.createConfirmChannel()
    for (const queue of [`${QUEUE}.dead`, QUEUE]) await channel.assertQueue(queue, { durable: true })
    await channel.assertExchange('services_test', 'topic', { durable: true })
    await channel.bindQueue(QUEUE, 'services_test', '#')
    for (const queue of [`${QUEUE}.dead`, QUEUE]) for (const id of STRANGERS) channel.sendToQueue(queue, Buffer.from(`${id}`))
    await channel.waitForConfirms()
    await connection.close()
  }

  private lookAtPostgres(): Promise<Holdings['postgres']> {
    return this.inPostgres('postgres', async (client) => {
      const names = async (sql: string): Promise<string[]> =>
        (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name).sort()
      return {
        databases: await names('select datname as name from pg_database'),
        roles: await names('select rolname as name from pg_roles'),
        rows: (await client.query('select * from people order by id')).rows,
      }
    })
  }

  private lookAtMongo(): Promise<Holdings['mongodb']> {
    return this.withMongo(async (client) => {
      const found: Holdings['mongodb'] = {}
      for (const { name } of (await client.db('admin').admin().listDatabases()).databases)
        for (const collection of await client.db(name).collections())
          found[`${name}.${collection.collectionName}`] = await collection.find().toArray()
      return found
    })
  }

  private lookAtRedis(): Promise<Holdings['redis']> {
    return this.withRedis(async (redis) => {
      const found: Holdings['redis'] = {}
      for (let database = 0; database < 16; database++) {
        await redis.select(database)
        for (const key of (await redis.keys('*')).sort())
          found[`${database} ${key}`] = { value: (await redis.get(key)) ?? '', expires: (await redis.pttl(key)) >= 0 }
      }
      return found
    })
  }

  private async lookAtRabbit(): Promise<Holdings['rabbitmq']> {
    const exchanges = await this.rabbit.list('exchanges', 'name', 'type')
    const queues = await this.rabbit.list('queues', 'name', 'messages', 'arguments')
    const bindings = await this.rabbit.list('bindings', 'source_name', 'destination_name', 'routing_key')
    return { exchanges, queues, bindings }
  }

  private async inPostgres<T>(database: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.postgresUrl(database) })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

  private async withMongo<T>(work: (client: MongoClient) => Promise<T>): Promise<T> {
    const client = new MongoClient(this.mongoUrl)
    try {
      return await work(client)
    } finally {
      await client.close()
    }
  }

  private async withRedis<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.redis.url)
    try {
      return await work(redis)
    } finally {
      redis.disconnect()
    }
  }
}
