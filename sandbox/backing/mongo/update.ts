import { calculateObjectSize, type Document } from 'bson'
import { compileUpdatePipeline } from './aggregation'
import { MongoError, notImplemented } from './errors'
import { change } from './operators'
import { arrayTests, type Places, resolve } from './paths'
import { compileFilter, isOperators } from './query'
import { badValue, cloned, equal, failedToParse, isDocument, shown, typeName } from './values'

const LARGEST = 16 * 1024 * 1024

export interface UpdateStatement {
  q: Document
  u: Document | Document[]
  multi?: boolean
  upsert?: boolean
  arrayFilters?: Document[]
}

/** How an update makes a new document of an old one. */
export type Change = (document: Document, isInsert?: boolean) => Document

const OPERATORS = [
  ...['$set', '$setOnInsert', '$unset', '$inc', '$mul', '$min', '$max', '$rename', '$currentDate'],
  ...['$push', '$addToSet', '$pull', '$pullAll', '$pop'],
]

/** @throws MongoError for an update that MongoDB refuses whatever document it meets */
export function compileUpdate({ q, u, multi, arrayFilters = [] }: UpdateStatement): Change {
  if (Array.isArray(u)) {
    if (arrayFilters.length > 0) throw failedToParse('arrayFilters may not be specified for pipeline-syle updates')
    return checked(compileUpdatePipeline(u))
  }
  if (!isDocument(u)) throw failedToParse('Update argument must be either an object or an array')
  if (!isOperators(u)) return checked(replacement(u, multi === true, arrayFilters))
  const steps = stepsOf(u)
  const places: Places = {
    query: q,
    filters: arrayTests(
      arrayFilters,
      steps.map(({ path }) => path),
    ),
  }
  return checked((document, isInsert = false) => {
    const next = cloned(document)
    for (const { name, path, argument } of steps) {
      if (name === '$setOnInsert' && !isInsert) continue
      for (const place of resolve(next, path, places)) change(next, place, name, argument)
    }
    return next
  })
}

function replacement(u: Document, multi: boolean, arrayFilters: readonly Document[]): Change {
  if (multi) throw failedToParse('multi update is not supported for replacement-style update')
  if (arrayFilters.length > 0) throw failedToParse('arrayFilters may not be specified for replacement-style updates')
  const operator = Object.keys(u).find((name) => name.startsWith('$'))
  if (operator)
    throw new MongoError(
      52,
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    )
  return (document) => {
    const { _id = u._id, ...rest } = { ...cloned(u), ...('_id' in document ? { _id: document._id } : {}) }
    if ('_id' in u && '_id' in document && !equal(u._id, document._id)) throw alteredId(u._id)
    return _id === undefined ? rest : { _id, ...rest }
  }
}

interface Step {
  name: string
  path: string
  argument: unknown
}

/** Every field once, in the order in which MongoDB changes them: by name, numbers by value. */
function stepsOf(u: Document): Step[] {
  const steps = Object.entries(u).flatMap(([name, fields]) => {
    if (name === '$bit') throw notImplemented('$bit')
    if (!OPERATORS.includes(name))
      throw failedToParse(
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
    if (!isDocument(fields))
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${shown(fields)}}`,
      )
    return Object.entries(fields).map(([path, argument]) => ({ name, path, argument }))
  })
  for (const step of steps) checkPath(step.path)
  const touched = steps.flatMap(({ name, path, argument }) => (name === '$rename' ? [path, String(argument)] : [path]))
  for (const [at, path] of touched.entries())
    for (const other of touched.slice(0, at)) if (collide(path, other)) throw conflict(path)
  return steps.sort((one, other) => comparePaths(one.path, other.path))
}

function checkPath(path: string): void {
  if (path === '') throw new MongoError(56, 'EmptyFieldName', 'An empty update path is not valid.')
  const parts = path.split('.')
  if (parts.includes(''))
    throw new MongoError(56, 'EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`)
  const [first = ''] = parts
  if (first.startsWith('$['))
    throw badValue(`Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${path}'`)
  if (first === '$') throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`)
}

const collide = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)

function conflict(path: string): MongoError {
  return new MongoError(40, 'ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${path}'`)
}

function comparePaths(one: string, other: string): number {
  const [left, right] = [one.split('.'), other.split('.')]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [a = '', b = ''] = [left[at], right[at]]
    const bothNumbers = /^\d+$/.test(a) && /^\d+$/.test(b)
    const order = bothNumbers ? Number(a) - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(b))
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** What holds for the result of every update: the same id, and no more than 16 MiB. */
function checked(update: Change): Change {
  return (document, isInsert) => {
    const next = update(document, isInsert)
    if ('_id' in document && !('_id' in next && equal(next._id, document._id))) throw alteredId(next._id)
    if (calculateObjectSize(next) > LARGEST)
      throw new MongoError(17_419, 'Location17419', `Resulting document after update is larger than ${LARGEST}`)
    return next
  }
}

function alteredId(id: unknown): MongoError {
  return new MongoError(
    66,
    'ImmutableField',
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shown(id)}`,
  )
}

/** The document that an upsert starts with: whatever its filter says by equality. */
function seedOf(q: Document): Document {
  const seed: Document = {}
  for (const [path, value] of equalities(q)) {
    if (path in seed)
      throw new MongoError(54, 'NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`)
    seed[path] = value
  }
  const made: Document = {}
  for (const [path, value] of Object.entries(seed)) change(made, path.split('.'), '$set', value)
  return made
}

function equalities(q: Document): [string, unknown][] {
  return Object.entries(q).flatMap(([name, value]): [string, unknown][] => {
    if (name === '$and') return (value as Document[]).flatMap(equalities)
    if (name === '$or' && (value as Document[]).length === 1) throw notImplemented('an upsert by $or of one')
    if (name.startsWith('$')) return []
    if (!isOperators(value)) return [[name, cloned(value)]]
    for (const list of [value.$in, value.$all])
      if (Array.isArray(list) && list.length === 1) throw notImplemented('an upsert by a list of one')
    return '$eq' in value ? [[name, cloned(value.$eq)]] : []
  })
}

/** The document an upsert inserts, with its id first if it has one. */
export function upserted(statement: UpdateStatement, update: Change): Document {
  compileFilter(statement.q)
  const seed = seedOf(statement.q)
  const isReplacement = !Array.isArray(statement.u) && !isOperators(statement.u)
  const start: Document = isReplacement ? ('_id' in seed ? { _id: seed._id } : {}) : seed
  const { _id, ...rest } = update(start, true)
  return _id === undefined ? rest : { _id, ...rest }
}
