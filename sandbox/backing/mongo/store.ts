import type { Document } from 'bson'
import { Collection } from './collection'
import { MongoError } from './errors'

const FIRST_BATCH = 101

/** Databases, their collections, and the cursors that clients have not exhausted. */
export class MongoStore {
  readonly databases = new Map<string, Map<string, Collection>>()
  private readonly cursors = new Map<number, { namespace: string; rest: Document[] }>()
  private serial = 0

  /** Created on first use, as in MongoDB. */
  collection(database: string, name: string): Collection {
    const collections = this.databases.get(database) ?? new Map<string, Collection>()
    this.databases.set(database, collections)
    const found = collections.get(name) ?? new Collection(`${database}.${name}`)
    collections.set(name, found)
    return found
  }

  peek(database: string, name: string): Collection | undefined {
    return this.databases.get(database)?.get(name)
  }

  /** The first batch of a result, and a cursor for the rest. */
  cursor(namespace: string, documents: Document[], batchSize = FIRST_BATCH): Document {
    const firstBatch = documents.slice(0, batchSize)
    const rest = documents.slice(batchSize)
    return { cursor: { firstBatch, id: this.keep(namespace, rest), ns: namespace }, ok: 1 }
  }

  more(id: number, batchSize: number | undefined): Document {
    const cursor = this.cursors.get(id)
    if (!cursor) throw new MongoError(43, 'CursorNotFound', `cursor id ${id} not found`)
    const nextBatch = cursor.rest.splice(0, batchSize || cursor.rest.length)
    if (cursor.rest.length === 0) this.cursors.delete(id)
    return { cursor: { nextBatch, id: longOf(cursor.rest.length > 0 ? id : 0), ns: cursor.namespace }, ok: 1 }
  }

  /** @returns the cursors that were open, and those that were not */
  kill(ids: readonly number[]): [number[], number[]] {
    const killed = ids.filter((id) => this.cursors.delete(id))
    return [killed, ids.filter((id) => !killed.includes(id))]
  }

  private keep(namespace: string, rest: Document[]): bigint {
    if (rest.length === 0) return longOf(0)
    const id = ++this.serial
    this.cursors.set(id, { namespace, rest })
    return longOf(id)
  }
}

/** Drivers insist on a 64-bit cursor id. */
function longOf(value: number): bigint {
  return BigInt(value)
}
