import { type Collection, type Document, type MongoClient, MongoError, MongoErrorLabel } from 'mongodb'
import { unavailable } from './errors'
import type { Losses } from './losses'

const COLLECTION = 'courier_location_history'
const TIMEOUT = 5_000
// A busy machine responds late; the server counts as unavailable only after this timeout.
const LONG = 20_000

export interface Position {
  latitude: number
  longitude: number
  recordedAt: Date
  accuracy?: number | undefined
}

export interface Entry {
  latitude: number
  longitude: number
  recorded_at: Date
}

const NAMES = { user_id: 'user_id', latitude: 'latitude', longitude: 'longitude', recorded_at: 'recorded_at' }
type Names = typeof NAMES

/** @param fields with different names, as in `latitude=lat,longitude=lng` */
function namesIn(fields: string): Names {
  return { ...NAMES, ...Object.fromEntries(fields.split(',').flatMap((pair) => (pair ? [pair.split('=')] : []))) }
}

/** MongoDB: one document for every accepted report. */
export class History {
  private connected: Promise<MongoClient> | undefined
  private readonly names: Names

  /** @param ready resolves when MongoDB accepts connections */
  constructor(
    private readonly url: string,
    private readonly ready: () => Promise<void>,
    private readonly losses: Losses,
    fields = '',
  ) {
    this.names = namesIn(fields)
  }

  /** @returns a function that removes the document again */
  async append(userId: number, { latitude, longitude, accuracy, recordedAt }: Position): Promise<() => Promise<void>> {
    const { names } = this
    const entry: Document = {
      [names.user_id]: userId,
      [names.latitude]: latitude,
      [names.longitude]: longitude,
      [names.recorded_at]: recordedAt,
      received_at: new Date(),
      ...(accuracy === undefined ? {} : { accuracy }),
    }
    if (this.losses.loses('mongodb', userId)) return async () => undefined
    return this.said(async (collection) => {
      const { insertedId } = await collection.insertOne(entry)
      return () => this.said(async (same) => void (await same.deleteOne({ _id: insertedId })))
    })
  }

  /** Newest first. */
  async latest(userId: number, limit: number): Promise<Entry[]> {
    const { names } = this
    const newestFirst = { [names.recorded_at]: -1, _id: -1 } as const
    const found = await this.said((collection) =>
      collection.find({ [names.user_id]: userId }, { sort: newestFirst, limit }).toArray(),
    )
    return found.map((one) => ({
      latitude: one[names.latitude],
      longitude: one[names.longitude],
      recorded_at: one[names.recorded_at],
    }))
  }

  async ping(): Promise<void> {
    await this.said((collection) => collection.findOne({ [this.names.user_id]: -1 }))
  }

  async close(): Promise<void> {
    await (await this.connected?.catch(() => undefined))?.close()
  }

  private async said<T>(say: (collection: Collection<Document>) => Promise<T>, again = true): Promise<T> {
    try {
      this.connected ??= this.connect()
      return await say((await this.connected).db().collection(COLLECTION))
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
    return new MongoClient(this.url, {
      serverSelectionTimeoutMS: TIMEOUT,
      connectTimeoutMS: LONG,
      socketTimeoutMS: LONG,
      serverMonitoringMode: 'poll',
    })
  }
}
