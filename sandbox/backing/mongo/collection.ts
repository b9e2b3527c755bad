import { BSONRegExp, type Document, ObjectId, serialize, Timestamp } from 'bson'
import { MongoError, notImplemented } from './errors'
import { compileProjection } from './projection'
import { compileFilter, compileSort, isOperators, leavesAt } from './query'
import { type Change, compileUpdate, type UpdateStatement, upserted } from './update'
import { keyOf, shown } from './values'

export interface IndexDeclaration {
  name: string
  key: Document
  unique?: boolean
  [option: string]: unknown
}

export interface Updated {
  matched: number
  modified: number
  upserted?: unknown
  /** The first of the documents, as it was and as it is now. */
  before?: Document | undefined
  after?: Document | undefined
}

export interface FindOptions {
  sort?: Document
  skip?: number
  limit?: number
  projection?: Document
}

/** A document keeps its place in the collection when it is updated. */
interface Stored {
  document: Document
}

/** The keys of an index; a unique one knows which document has each. */
class Index {
  private readonly holders = new Map<string, Stored>()

  constructor(readonly declaration: IndexDeclaration) {}

  get isUnique(): boolean {
    return this.declaration.unique === true
  }

  holderOf(id: unknown): Stored | undefined {
    return this.holders.get(keyOf(id))
  }

  /** @throws MongoError when another document has the same key */
  check(document: Document, namespace: string, itself?: Stored): void {
    this.checkLists(document)
    for (const { key, values } of this.keysOf(document)) {
      const holder = this.holders.get(key)
      if (holder && holder !== itself) throw this.duplicate(namespace, values)
    }
  }

  add(stored: Stored): void {
    for (const { key } of this.keysOf(stored.document)) this.holders.set(key, stored)
  }

  remove(stored: Stored): void {
    for (const { key } of this.keysOf(stored.document)) this.holders.delete(key)
  }

  /** At most one field of an index may be a list. */
  private checkLists(document: Document): void {
    const paths = Object.keys(this.declaration.key)
    if (paths.length === 1) return
    const lists = paths.map((path) => listOn(document, path)).filter((list) => list !== undefined)
    const [one, other] = new Set(lists)
    if (one !== undefined && other !== undefined)
      throw new MongoError(171, 'CannotIndexParallelArrays', `cannot index parallel arrays [${other}] [${one}]`)
    if (this.isUnique && lists.length > 1) throw notImplemented('a unique index with several fields of one list')
  }

  /** One key for each element of a list. */
  private keysOf(document: Document): { key: string; values: unknown[] }[] {
    if (!this.isUnique) return []
    const fields = Object.keys(this.declaration.key).map((path) => (path === '_id' ? [document._id] : elementsAt(document, path)))
    const combined = fields.reduce<unknown[][]>((rows, values) => rows.flatMap((row) => values.map((one) => [...row, one])), [[]])
    return combined.map((values) => ({ key: values.map(keyOf).join(), values }))
  }

  private duplicate(namespace: string, values: readonly unknown[]): MongoError {
    const { name, key } = this.declaration
    const keyValue = Object.fromEntries(Object.keys(key).map((field, at) => [field, values[at] ?? null]))
    const text = `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: ${shown(keyValue)}`
    return new MongoError(11_000, 'DuplicateKey', text, { keyPattern: key, keyValue })
  }
}

/** The path of the list that a path ends in or passes through. */
function listOn(document: Document, path: string): string | undefined {
  const parts = path.split('.')
  for (let at = 1; at <= parts.length; at++)
    if (leavesAt(document, parts.slice(0, at)).some(Array.isArray)) return parts.slice(0, at).join('.')
  return undefined
}

function elementsAt(document: Document, path: string): unknown[] {
  const values = leavesAt(document, path.split('.')).flatMap((leaf): unknown[] => (Array.isArray(leaf) ? leaf : [leaf]))
  return values.length > 0 ? values : [null]
}

/** The documents of one collection, in order of insertion, and its indexes. */
export class Collection {
  private readonly stored = new Set<Stored>()
  private readonly ids: Index
  private readonly all: Index[]

  constructor(readonly name: string) {
    this.ids = new Index({ v: 2, key: { _id: 1 }, name: '_id_', unique: true })
    this.all = [this.ids]
  }

  get documents(): Document[] {
    return [...this.stored].map(({ document }) => document)
  }

  /** Without `unique` for `_id`, as MongoDB lists them. */
  get indexes(): Document[] {
    return this.all.map(({ declaration: { unique, ...rest } }) =>
      rest.name === '_id_' || unique !== true ? rest : { ...rest, unique },
    )
  }

  insert(document: Document): Document {
    const { _id = new ObjectId(), ...rest } = document
    checkId(_id)
    for (const value of Object.values(rest))
      if (value instanceof Timestamp && value.isZero()) throw notImplemented('a timestamp that the server sets')
    const stored = { document: { _id, ...rest } }
    for (const index of this.all) index.check(stored.document, this.name)
    for (const index of this.all) index.add(stored)
    this.stored.add(stored)
    return stored.document
  }

  find(filter: Document | undefined, { sort, skip = 0, limit = 0, projection }: FindOptions = {}): Document[] {
    const project = compileProjection(projection, 'find')
    const found = this.select(filter, sort)
    const end = limit === 0 ? found.length : skip + Math.abs(limit)
    return found.slice(skip, end).map(({ document }) => project(document))
  }

  /** @param sort which document comes first, where only one is updated */
  update(statement: UpdateStatement, sort?: Document): Updated {
    const update = compileUpdate(statement)
    const found = this.select(statement.q, sort)
    const chosen = statement.multi ? found : found.slice(0, 1)
    const before = chosen[0]?.document
    if (chosen.length === 0 && statement.upsert) {
      const after = this.insert(upserted(statement, update))
      return { matched: 0, modified: 0, upserted: after._id, after }
    }
    const modified = chosen.filter((stored) => this.change(stored, update))
    return { matched: chosen.length, modified: modified.length, before, after: chosen[0]?.document }
  }

  remove(filter: Document, justOne: boolean): number {
    const found = this.select(filter)
    const gone = justOne ? found.slice(0, 1) : found
    for (const stored of gone) {
      this.stored.delete(stored)
      for (const index of this.all) index.remove(stored)
    }
    return gone.length
  }

  /** @throws MongoError for an index of the same name or key that is otherwise, or a unique one over equal keys */
  createIndex(declaration: IndexDeclaration): void {
    const { name, key, unique = false } = declaration
    for (const { declaration: known } of this.all) {
      const [sameName, sameKey] = [known.name === name, sameKeys(known.key, key)]
      const isSame = sameKey && ((known.unique ?? false) === unique || known.name === '_id_')
      if (isSame && (sameName || known.name === '_id_')) return
      if (sameName)
        throw new MongoError(
          86,
          'IndexKeySpecsConflict',
          `An existing index has the same name as the requested index. Requested index: ${shown(declaration)}, existing index: ${shown(known)}`,
        )
      if (sameKey) throw new MongoError(85, 'IndexOptionsConflict', `Index already exists with a different name: ${known.name}`)
    }
    const index = new Index(declaration)
    for (const stored of this.stored) {
      index.check(stored.document, this.name, stored)
      index.add(stored)
    }
    this.all.push(index)
  }

  dropIndexes(wanted: unknown): void {
    if (wanted === '*') {
      this.all.splice(1)
      return
    }
    if (typeof wanted !== 'string') throw notImplemented('dropping indexes by anything but one name')
    if (wanted === '_id_') throw new MongoError(72, 'InvalidOptions', 'cannot drop _id index')
    const at = this.all.findIndex(({ declaration }) => declaration.name === wanted)
    if (at < 0) throw new MongoError(27, 'IndexNotFound', `index not found with name [${wanted}]`)
    this.all.splice(at, 1)
  }

  private select(filter: Document | undefined, sort?: Document): Stored[] {
    const test = compileFilter(filter)
    const order = sort && Object.keys(sort).length > 0 ? compileSort(sort) : undefined
    const candidates = this.candidates(filter ?? {})
    const found = candidates.filter(({ document }) => test(document))
    return order ? found.sort((left, right) => order(left.document, right.document)) : found
  }

  /** A document that is asked for by its id needs no look at all the others. */
  private candidates(filter: Document): Stored[] {
    const given: unknown = filter._id
    const isEquality = isOperators(given) && '$eq' in given && Object.keys(given).length === 1
    const id: unknown = isEquality ? given.$eq : given
    if (!('_id' in filter) || isOperators(id) || id instanceof BSONRegExp || id === null) return [...this.stored]
    const holder = this.ids.holderOf(id)
    return holder ? [holder] : []
  }

  /** @returns whether anything changed, be it only a type */
  private change(stored: Stored, update: Change): boolean {
    const next = update(stored.document)
    if (Buffer.compare(serialize(stored.document), serialize(next)) === 0) return false
    for (const index of this.all) index.check(next, this.name, stored)
    for (const index of this.all) index.remove(stored)
    stored.document = next
    for (const index of this.all) index.add(stored)
    return true
  }
}

function checkId(id: unknown): void {
  const type = Array.isArray(id) ? 'array' : id instanceof BSONRegExp ? 'regex' : undefined
  if (type) throw new MongoError(53, 'InvalidIdField', `The '_id' value cannot be of type ${type}`)
}

const sameKeys = (one: Document, other: Document): boolean => keyOf(one) === keyOf(other)
