import { type Document, EJSON } from 'bson'
import { aggregate } from 'mingo'
import type { FindOptions, Index, UpdateStatement } from './collection'
import { MongoError, type WriteError, writeErrorOf } from './errors'
import type { MongoStore } from './store'

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
    return each(deletes as { q: Document; limit: number }[], ordered, ({ q, limit }) => collection.remove(q, limit === 1).length)
  },
  findAndModify: (store, body, database) => findAndModify(store, body, database),
  findandmodify: (store, body, database) => findAndModify(store, { ...body, findAndModify: body.findandmodify }, database),
}

const reads: Record<string, Handler> = {
  find: (store, body, database) => {
    const { find, filter = {}, singleBatch, batchSize, ...options } = body
    const found = store.peek(database, find)?.find(filter, options as FindOptions) ?? []
    return store.cursor(`${database}.${find}`, found, singleBatch ? found.length : batchSize)
  },
  aggregate: (store, { aggregate: name, pipeline, cursor }, database) => {
    const documents = typeof name === 'string' ? (store.peek(database, name)?.documents ?? []) : []
    const stages = pipeline as Document[]
    if (stages.some((stage) => '$changeStream' in stage))
      throw new MongoError(40_573, 'Location40573', 'The $changeStream stage is only supported on replica sets')
    const collectionResolver = (other: string): Document[] => store.peek(database, other)?.documents ?? []
    return store.cursor(`${database}.${name}`, aggregate(documents, stages, { collectionResolver }), cursor?.batchSize)
  },
  count: (store, { count, query = {}, limit, skip }, database) => {
    const found = store.peek(database, count)?.find(query, { limit, skip } as FindOptions) ?? []
    return { n: found.length, ...OK }
  },
  distinct: (store, { distinct, key, query = {} }, database) => {
    const path = String(key)
    const found = store.peek(database, distinct)?.find(query) ?? []
    const groups = aggregate(found, [{ $unwind: `$${path}` }, { $group: { _id: `$${path}` } }])
    return { values: groups.map(({ _id }) => _id), ...OK }
  },
  getMore: (store, { getMore, batchSize }) => store.more(Number(getMore), batchSize),
  killCursors: (store, { cursors = [] }) => {
    store.kill((cursors as unknown[]).map(Number))
    return { cursorsKilled: cursors, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [], ...OK }
  },
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
    if (!collections?.delete(String(drop))) throw new MongoError(26, 'NamespaceNotFound', 'ns not found')
    if (collections.size === 0) store.databases.delete(database)
    return { ns: `${database}.${drop}`, ...OK }
  },
  dropDatabase: (store, _body, database) => {
    store.databases.delete(database)
    return { dropped: database, ...OK }
  },
  listDatabases: (store) => {
    const databases = [...store.databases.keys()].map((name) => ({ name, sizeOnDisk: 8_192, empty: false }))
    return { databases, totalSize: databases.length * 8_192, ...OK }
  },
  listCollections: (store, { filter = {} }, database) => {
    const names = [...(store.databases.get(database)?.keys() ?? [])]
    const all = names.map((name) => ({ name, type: 'collection', options: {}, info: { readOnly: false } }))
    return store.cursor(`${database}.$cmd.listCollections`, aggregate(all, [{ $match: filter }]))
  },
  createIndexes: (store, { createIndexes, indexes }, database) => {
    const collection = store.collection(database, createIndexes)
    const before = collection.indexes.length
    const fresh = (indexes as Index[]).filter(({ name }) => !collection.indexes.some((known) => known.name === name))
    collection.indexes.push(...fresh)
    return { numIndexesBefore: before, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically: false, ...OK }
  },
  listIndexes: (store, { listIndexes }, database) => {
    const collection = store.peek(database, listIndexes)
    if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${database}.${listIndexes}`)
    return store.cursor(`${database}.${listIndexes}`, collection.indexes)
  },
  dropIndexes: (store, { dropIndexes, index }, database) => {
    const { indexes } = store.collection(database, dropIndexes)
    const kept = indexes.filter(({ name }) => name === '_id_' || (index !== '*' && index !== name))
    return { nIndexesWas: indexes.splice(0, indexes.length, ...kept).length, ...OK }
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

function findAndModify(store: MongoStore, body: Document, database: string): Document {
  const { findAndModify: name, query = {}, sort, update, remove, new: after, upsert, fields, arrayFilters } = body
  const collection = store.collection(database, name)
  const [found] = collection.find(query, { sort, limit: 1 })
  const shown = (_id: unknown): Document | null => collection.find({ _id }, { projection: fields })[0] ?? null
  const before = found ? EJSON.deserialize(EJSON.serialize(shown(found._id) ?? {}, { relaxed: false })) : null
  if (remove) {
    const gone = found ? collection.remove({ _id: found._id }, true).length : 0
    return { value: before, lastErrorObject: { n: gone }, ...OK }
  }
  const q = found ? { _id: found._id } : query
  const done = collection.update({ q, u: update, upsert: upsert === true && !found, arrayFilters })
  const id = found?._id ?? done.upserted
  const lastErrorObject = { n: id === undefined ? 0 : 1, updatedExisting: found !== undefined, upserted: done.upserted }
  return { value: after && id !== undefined ? shown(id) : before, lastErrorObject, ...OK }
}
