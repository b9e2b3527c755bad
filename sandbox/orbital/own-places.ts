import { randomBytes } from 'node:crypto'
import { withDatabase } from '../backing/mongodb'
import { Register } from '../backing/register'
import { complain, removeLeftByTheDead, removeNoted } from '../backing/removal'
import { BackingProblem } from '../backing/server'
import type { Readiness } from './backend'
import type { Servers } from './servers'
import type { Overrides } from './settings'

/** Exchange and queue of one backend. */
export interface BrokerNames {
  RABBITMQ_SERVICES_EXCHANGE: string
  RABBITMQ_DELIVERIES_QUEUE: string
}

/**
 * The names that this sandbox uses on its servers. On a server given by URL, which others use as well, these are a database, an exchange,
 * queues and keys with unique names, which are removed at its end. On other servers the settings of `.env.test` apply.
 */
export class OwnPlaces {
  readonly settings: Overrides
  /** Resolves when a server is up, and the register lists the sandbox's names on it. */
  readonly ready: Readiness
  private readonly broker: Register | undefined
  private readonly documents: Register | undefined

  constructor(private readonly servers: Servers) {
    const { rabbitmq, mongodb, redis } = servers
    this.broker = rabbitmq.isGiven ? Register.begin('rabbitmq', rabbitmq.url) : undefined
    this.documents = mongodb.isGiven ? Register.begin('mongodb', mongodb.url) : undefined
    this.settings = {
      ...(this.broker && brokerNames(this.broker)),
      ...(this.documents && { MONGODB_URL: withDatabase(mongodb.url, this.documents.nameFor('orbital')) }),
      // Every key expires within minutes, even if the sandbox is killed and does not delete it.
      ...(redis.isGiven && { REDIS_KEY_PREFIX: `acceptance:${randomBytes(8).toString('hex')}:` }),
    }
    this.ready = {
      rabbitmq: once(async () => {
        await rabbitmq.ready()
        if (this.broker) await this.openBroker(this.broker)
      }),
      mongodb: once(async () => {
        await mongodb.ready()
        if (this.documents) await this.openDocuments(this.documents)
      }),
      redis: () => redis.ready(),
    }
  }

  /** Called before a backend declares them. */
  noteQueues(names: BrokerNames): void {
    this.broker?.note(...thingsOf(names))
  }

  strikeQueues(names: BrokerNames): void {
    this.broker?.strike(...thingsOf(names))
  }

  /** Called once no backend uses them any more. */
  async removeAll(): Promise<void> {
    const { rabbitmq, mongodb } = this.servers
    if (this.broker) complain(await removeNoted(this.broker, rabbitmq.url))
    if (this.documents) complain(await removeNoted(this.documents, mongodb.url))
  }

  private async openBroker(register: Register): Promise<void> {
    complain(await removeLeftByTheDead('rabbitmq', this.servers.rabbitmq.url))
    this.noteQueues(brokerNames(register))
  }

  private async openDocuments(register: Register): Promise<void> {
    const { url } = this.servers.mongodb
    complain(await removeLeftByTheDead('mongodb', url))
    const name = register.nameFor('orbital')
    register.note({ kind: 'database', name })
    await describeDatabase(withDatabase(url, name))
  }
}

function brokerNames(register: Register): BrokerNames {
  return { RABBITMQ_SERVICES_EXCHANGE: register.nameFor('services'), RABBITMQ_DELIVERIES_QUEUE: register.nameFor('deliveries') }
}

function thingsOf({ RABBITMQ_SERVICES_EXCHANGE: exchange, RABBITMQ_DELIVERIES_QUEUE: queue }: BrokerNames) {
  return [
    { kind: 'queue' as const, name: queue },
    { kind: 'queue' as const, name: `${queue}.dead` },
    { kind: 'exchange' as const, name: exchange },
  ]
}

/** Stores a description in the database, for people who find it; also detects an account without write permission before the first report. */
async function describeDatabase(url: string): Promise<void> {
  const { MongoClient } = await import('mongodb')
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 })
  try {
    const madeBy = { made_by: 'acceptance suite, sandbox of Orbital Manager', made_at: new Date() }
    await client.db().collection('about').insertOne(madeBy)
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    throw new BackingProblem(
      `No database of the sandbox's own can be made at ACCEPTANCE_MONGODB_URL (${why}): its account must be allowed to write to databases named acceptance_…`,
    )
  } finally {
    await client.close()
  }
}

function once(open: () => Promise<void>): () => Promise<void> {
  let opening: Promise<void> | undefined
  return () => {
    opening ??= open()
    return opening
  }
}
