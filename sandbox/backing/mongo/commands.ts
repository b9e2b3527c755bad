import { type Document, Long } from 'bson'
import { compilePipeline, distinctValues } from './aggregation'
import { Collection, type FindOptions, type IndexDeclaration } from './collection'
import { MongoError, type WriteError, writeErrorOf } from './errors'
import { compileProjection } from './projection'
import { compileFilter, leavesAt } from './query'
import type { MongoStore } from './store'
import type { UpdateStatement } from './update'
import { failedToParse, numberOf } from './values'

type Handler = (store: MongoStore, body: Document, database: string) => Document

const OK = { ok: 1 }

const writes: Record<string, Handler> = {
  insert: (store, { insert, documents = [], ordered = true }, database) => {
    const collection = store.collection(database, insert)
    return each(documents as Document[], ordered, (document) => {
      collection.insert(document)
      return 1
    })
  },
  update: (store, { update, updates = [], ordered = true }, database) => {
    const collection = store.collection(database, update)
    const upserted: Document[] = []
    let nModified = 0
    const answer = each(updates as UpdateStatement[], ordered, (statement, index) => {
      const done = collection.update(statement)
      nModified += done.modified
      if (done.upserted !== undefined) upserted.push({ index, _id: done.upserted })
      return done.upserted === undefined ? done.matched : 1
    })
    return { ...answer, nModified, ...(upserted.length > 0 ? { upserted } : {}) }
  },
  delete: (store, { delete: name, deletes = [], ordered = true }, database) => {
    const collection = store.collection(database, name)
    return each(deletes as { q: Document; limit: unknown }[], ordered, ({ q, limit }) =>
      collection.remove(q, numberOf(limit) === 1),
    )
  },
  findAndModify: (store, body, database) => findAndModify(store, body, database),
  findandmodify: (store, body, database) => findAndModify(store, { ...body, findAndModify: body.findandmodify }, database),
}

const reads: Record<string, Handler> = {
  find: (store, body, database) => {
    const { find, filter, singleBatch, batchSize, sort, projection } = body
    const found = existing(store, database, find).find(filter, { sort, projection, ...windowOf(body) })
    return store.cursor(`${database}.${find}`, found, singleBatch === true ? found.length : numberOf(batchSize))
  },
  aggregate: (store, { aggregate: name, pipeline, cursor }, database) => {
    const documents = typeof name === 'string' ? existing(store, database, name).documents : []
    const namespace = `${database}.${typeof name === 'string' ? name : '$cmd.aggregate'}`
    return store.cursor(namespace, compilePipeline(pipeline)(documents), numberOf(cursor?.batchSize))
  },
  count: (store, body, database) => {
    const { length } = existing(store, database, body.count).find(body.query, windowOf(body))
    return { n: length, ...OK }
  },
  distinct: (store, { distinct, key, query }, database) => {
    const found = existing(store, database, distinct).find(query)
    return { values: distinctValues(found, String(key), leavesAt), ...OK }
  },
  getMore: (store, { getMore, batchSize }) => store.more(cursorId(getMore), numberOf(batchSize)),
  killCursors: (store, { cursors = [] }) => {
    const [killed, unknown] = store.kill((cursors as unknown[]).map(cursorId))
    const longs = (ids: number[]): Long[] => ids.map((id) => Long.fromNumber(id))
    return { cursorsKilled: longs(killed), cursorsNotFound: longs(unknown), cursorsAlive: [], cursorsUnknown: [], ...OK }
  },
}

/** A collection that does not exist is read like an empty one. */
function existing(store: MongoStore, database: string, name: unknown): Collection {
  return store.peek(database, String(name)) ?? new Collection(`${database}.${name}`)
}

function cursorId(id: unknown): number {
  return id instanceof Long ? id.toNumber() : (numberOf(id) ?? 0)
}

function windowOf(body: Document): Required<Pick<FindOptions, 'skip' | 'limit'>> {
  const [skip, limit] = [numberOf(body.skip) ?? 0, numberOf(body.limit) ?? 0]
  if (skip < 0) throw new MongoError(51_024, 'Location51024', `BSON field 'skip' value must be >= 0, actual value '${skip}'`)
  return { skip, limit }
}

const catalogue: Record<string, Handler> = {
  create: (store, { create }, database) => {
    if (store.peek(database, create))
      throw new MongoError(48, 'NamespaceExists', `Collection ${database}.${create} already exists.`)
    store.collection(database, create)
    return OK
  },
  drop: (store, { drop }, database) => {
    const collections = store.databases.get(database)
    const collection = collections?.get(String(drop))
    // As of MongoDB 7.0 this is no error.
    if (!collections || !collection) return OK
    collections.delete(String(drop))
    if (collections.size === 0) store.databases.delete(database)
    return { nIndexesWas: collection.indexes.length, ns: `${database}.${drop}`, ...OK }
  },
  dropDatabase: (store, _body, database) => {
    store.databases.delete(database)
    return { dropped: database, ...OK }
  },
  listDatabases: (store, { nameOnly }) => {
    if (nameOnly === true) return { databases: [...store.databases.keys()].map((name) => ({ name })), ...OK }
    const databases = [...store.databases.keys()].map((name) => ({ name, sizeOnDisk: Long.fromNumber(8_192), empty: false }))
    return { databases, totalSize: Long.fromNumber(databases.length * 8_192), ...OK }
  },
  listCollections: (store, { filter = {}, nameOnly }, database) => {
    const names = [...(store.databases.get(database)?.keys() ?? [])]
    const all = names.map((name) => ({ name, type: 'collection', options: {}, info: { readOnly: false } }))
    const found = all.filter(compileFilter(filter))
    const listed = nameOnly === true ? found.map(({ name, type }) => ({ name, type })) : found
    return store.cursor(`${database}.$cmd.listCollections`, listed)
  },
  createIndexes: (store, { createIndexes, indexes }, database) => {
    const isNew = store.peek(database, createIndexes) === undefined
    const collection = store.collection(database, createIndexes)
    const before = collection.indexes.length
    for (const index of indexes as IndexDeclaration[]) collection.createIndex(index)
    const after = collection.indexes.length
    const note = after === before ? { note: 'all indexes already exist' } : {}
    return { numIndexesBefore: before, numIndexesAfter: after, createdCollectionAutomatically: isNew, ...note, ...OK }
  },
  listIndexes: (store, { listIndexes }, database) => {
    const collection = store.peek(database, listIndexes)
    if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${database}.${listIndexes}`)
    return store.cursor(`${database}.${listIndexes}`, collection.indexes)
  },
  dropIndexes: (store, { dropIndexes, index }, database) => {
    const collection = store.peek(database, dropIndexes)
    if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns not found ${database}.${dropIndexes}`)
    const before = collection.indexes.length
    collection.dropIndexes(index)
    return { nIndexesWas: before, ...OK }
  },
  collStats: (store, { collStats }, database) => {
    const { documents = [], indexes = [] } = store.peek(database, collStats) ?? {}
    return { ns: `${database}.${collStats}`, count: documents.length, nindexes: indexes.length, ...OK }
  },
}

/** All data commands by name. */
export const dataCommands: Readonly<Record<string, Handler>> = { ...writes, ...reads, ...catalogue }

/** Executes several writes; ordered ones stop at the first that is refused. */
function each<T>(statements: readonly T[], ordered: boolean, act: (statement: T, index: number) => number): Document {
  if (!Array.isArray(statements) || statements.length === 0)
    throw new MongoError(16, 'InvalidLength', 'Write batch sizes must be between 1 and 100000. Got 0 operations.')
  const writeErrors: WriteError[] = []
  let n = 0
  for (const [index, statement] of statements.entries()) {
    try {
      n += act(statement, index)
    } catch (error) {
      writeErrors.push(writeErrorOf(index, error))
      if (ordered) break
    }
  }
  return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}), ...OK }
}

/** @throws MongoError for options that exclude each other */
function findAndModify(store: MongoStore, body: Document, database: string): Document {
  const { findAndModify: name, query = {}, sort, update, remove, new: after, upsert, fields, arrayFilters } = body
  if (remove && update) throw failedToParse('Cannot specify both an update and remove=true')
  if (!remove && !update) throw failedToParse('Either an update or remove=true must be specified')
  if (remove && upsert) throw failedToParse('Cannot specify both upsert=true and remove=true ')
  if (remove && after)
    throw failedToParse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document")
  const collection = store.collection(database, name)
  const project = compileProjection(fields, 'find')
  if (remove) {
    const [found] = collection.find(query, { sort, limit: 1 })
    if (found) collection.remove({ _id: { $eq: found._id } }, true)
    return { lastErrorObject: { n: found ? 1 : 0 }, value: found ? project(found) : null, ...OK }
  }
  const done = collection.update({ q: query, u: update, upsert: upsert === true, arrayFilters }, sort)
  const value = after ? done.after : done.before
  const n = done.after ? 1 : 0
  const lastErrorObject = { n, updatedExisting: done.before !== undefined, upserted: done.upserted }
  return { lastErrorObject, value: value ? project(value) : null, ...OK }
}
