import { type Document, EJSON, ObjectId } from 'bson'
import { update as applyUpdate, find, Query, updateOne } from 'mingo'
import { MongoError } from './errors'

export interface Index {
  name: string
  key: Record<string, unknown>
  unique?: boolean
  [option: string]: unknown
}

export interface UpdateStatement {
  q: Document
  u: Document | Document[]
  multi?: boolean
  upsert?: boolean
  arrayFilters?: Document[]
}

export interface Updated {
  matched: number
  modified: number
  upserted?: unknown
}

/** The documents of one collection, in order of insertion, and its indexes. */
export class Collection {
  documents: Document[] = []
  private readonly ids = new Set<string>()
  readonly indexes: Index[] = [{ v: 2, key: { _id: 1 }, name: '_id_', unique: true }]

  constructor(readonly name: string) {}

  insert(document: Document): void {
    const whole: Document = '_id' in document ? document : { _id: new ObjectId(), ...document }
    this.checkUnique(whole)
    this.documents.push(whole)
    this.ids.add(EJSON.stringify(whole._id, { relaxed: true }))
  }

  find(filter: Document, { sort, skip, limit, projection }: FindOptions = {}): Document[] {
    let cursor = find<Document>(this.documents, filter, projection ?? {})
    if (sort && Object.keys(sort).length > 0) cursor = cursor.sort(sort)
    if (skip) cursor = cursor.skip(skip)
    if (limit) cursor = cursor.limit(Math.abs(limit))
    return cursor.all()
  }

  update(statement: UpdateStatement): Updated {
    const query = new Query(statement.q)
    const found = this.documents.filter((document) => query.test(document))
    const chosen = statement.multi ? found : found.slice(0, 1)
    if (chosen.length === 0 && statement.upsert) return { matched: 0, modified: 0, upserted: this.upsert(statement) }
    const modified = chosen.filter((document) => this.change(document, statement))
    return { matched: chosen.length, modified: modified.length }
  }

  remove(filter: Document, justOne: boolean): Document[] {
    const query = new Query(filter)
    const found = this.documents.filter((document) => query.test(document))
    const gone = new Set(justOne ? found.slice(0, 1) : found)
    this.documents = this.documents.filter((document) => !gone.has(document))
    for (const { _id } of gone) this.ids.delete(EJSON.stringify(_id, { relaxed: true }))
    return [...gone]
  }

  /** @returns whether anything changed */
  change(document: Document, { u, q, arrayFilters = [] }: UpdateStatement): boolean {
    const before = EJSON.stringify(document)
    const next = changed(document, u, q, arrayFilters)
    this.checkUnique(next, document)
    for (const key of Object.keys(document)) delete document[key]
    Object.assign(document, next)
    return EJSON.stringify(document) !== before
  }

  private upsert({ q, u, arrayFilters = [] }: UpdateStatement): unknown {
    const plain = Object.entries(q).filter(([key, value]) => !key.startsWith('$') && !isOperators(value))
    const start: Document = isReplacement(u) ? ('_id' in q ? { _id: q._id } : {}) : Object.fromEntries(plain)
    const { $setOnInsert = {}, ...rest } = Array.isArray(u) ? { $setOnInsert: {} } : u
    const update = Array.isArray(u) ? u : isReplacement(u) ? u : rest
    const made = { ...changed(start, update, {}, arrayFilters), ...$setOnInsert }
    const whole = '_id' in made ? made : { _id: new ObjectId(), ...made }
    this.insert(whole)
    return (whole as Document)._id
  }

  private checkUnique(document: Document, itself?: Document): void {
    for (const { key, name } of this.indexes.filter(({ unique }) => unique)) {
      // The usual case, a new `_id`, needs no look at every document.
      if (name === '_id_' && !this.ids.has(EJSON.stringify(document._id, { relaxed: true }))) continue
      const filter = Object.fromEntries(Object.keys(key).map((field) => [field, { $eq: valueAt(document, field) ?? null }]))
      const query = new Query(filter)
      if (this.documents.some((other) => other !== itself && query.test(other)))
        throw new MongoError(
          11_000,
          'DuplicateKey',
          `E11000 duplicate key error collection: ${this.name} index: ${name} dup key: ${EJSON.stringify(
            Object.fromEntries(Object.keys(key).map((field) => [field, valueAt(document, field)])),
          )}`,
        )
    }
  }
}

export interface FindOptions {
  sort?: Record<string, 1 | -1>
  skip?: number
  limit?: number
  projection?: Record<string, 0 | 1>
}

function changed(document: Document, u: Document | Document[], q: Document, arrayFilters: Document[]): Document {
  if (Array.isArray(u)) {
    const copies = [structuredCloneOf(document)]
    updateOne(copies, {}, u as Parameters<typeof updateOne>[2])
    return copies[0] ?? document
  }
  if (isReplacement(u)) return '_id' in document ? { _id: document._id, ...u } : { ...u }
  const copy = structuredCloneOf(document)
  const { $setOnInsert: _, ...operators } = u
  if (Object.keys(operators).length > 0) applyUpdate(copy, operators, arrayFilters, q)
  return copy
}

/** Dates, ids and nested values keep their types. */
function structuredCloneOf(document: Document): Document {
  return EJSON.deserialize(EJSON.serialize(document, { relaxed: false }), { relaxed: true }) as Document
}

function isReplacement(u: Document | Document[]): boolean {
  return !Array.isArray(u) && !Object.keys(u).some((key) => key.startsWith('$'))
}

function isOperators(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.keys(value).some((key) => key.startsWith('$'))
  )
}

function valueAt(document: Document, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Document | undefined)?.[key], document)
}
