import { type Collection, type MongoClient, MongoError, MongoErrorLabel, type ObjectId } from 'mongodb'
import { unavailable } from './errors'
import type { Losses } from './losses'

const COLLECTION = 'courier_location_history'
const TIMEOUT = 5_000
// A busy machine answers late; only silence as long as this is taken for a server that has gone.
const LONG = 20_000

export interface Position {
  latitude: number
  longitude: number
  recordedAt: Date
  accuracy?: number | undefined
}

interface Entry {
  _id?: ObjectId
  user_id: number
  latitude: number
  longitude: number
  accuracy?: number
  recorded_at: Date
  received_at: Date
}

/** MongoDB: one document for every accepted report. */
export class History {
  private connected: Promise<MongoClient> | undefined

  /** @param ready resolves when somebody listens at the address */
  constructor(
    private readonly url: string,
    private readonly ready: () => Promise<void>,
    private readonly losses: Losses,
  ) {}

  /** @returns takes the document out again */
  async append(userId: number, { latitude, longitude, accuracy, recordedAt }: Position): Promise<() => Promise<void>> {
    const entry: Entry = { user_id: userId, latitude, longitude, recorded_at: recordedAt, received_at: new Date() }
    if (accuracy !== undefined) entry.accuracy = accuracy
    if (this.losses.loses('mongodb', userId)) return async () => undefined
    return this.said(async (collection) => {
      const { insertedId } = await collection.insertOne(entry)
      return () => this.said(async (same) => void (await same.deleteOne({ _id: insertedId })))
    })
  }

  /** Newest first. */
  latest(userId: number, limit: number): Promise<Entry[]> {
    return this.said((collection) =>
      collection.find({ user_id: userId }).sort({ recorded_at: -1, _id: -1 }).limit(limit).toArray(),
    )
  }

  async ping(): Promise<void> {
    await this.said((collection) => collection.findOne({ user_id: -1 }))
  }

  async close(): Promise<void> {
    await (await this.connected?.catch(() => undefined))?.close()
  }

  private async said<T>(say: (collection: Collection<Entry>) => Promise<T>, again = true): Promise<T> {
    try {
      this.connected ??= this.connect()
      return await say((await this.connected).db().collection<Entry>(COLLECTION))
    } catch (error) {
      // Set where the driver closed the connection before it sent anything.
      const isUnsent = error instanceof MongoError && error.hasErrorLabel(MongoErrorLabel.PoolRequestedRetry)
      if (again && isUnsent) return this.said(say, false)
      throw unavailable(`The document store (${error instanceof Error ? error.name : error})`)
    }
  }

  private async connect(): Promise<MongoClient> {
    await this.ready()
    const { MongoClient } = await import('mongodb')
    const client = new MongoClient(this.url, {
      serverSelectionTimeoutMS: TIMEOUT,
      connectTimeoutMS: LONG,
      socketTimeoutMS: LONG,
      serverMonitoringMode: 'poll',
    })
    return client
  }
}
