import { type Document, Int32, Long } from 'bson'
import { MongoError, notImplemented } from './errors'
import { type Accumulator, compileAccumulator, compileExpression, type Expression, fieldOf } from './expressions'
import { change } from './operators'
import { compileProjection } from './projection'
import { compileFilter, compileSort } from './query'
import { cloned, isDocument, keyOf, numberOf, shown, typeName } from './values'

type Stage = (documents: Document[]) => Document[]

/** @throws MongoError for a stage that MongoDB refuses, or that is not emulated */
export function compilePipeline(pipeline: unknown): Stage {
  if (!Array.isArray(pipeline)) throw new MongoError(14, 'TypeMismatch', 'A pipeline must be an array of objects')
  const stages = pipeline.map((stage: unknown) => compileStage(stage))
  return (documents) => stages.reduce((rest, stage) => stage(rest), documents)
}

const OF_UPDATES = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']

/** An update by stages, each of which makes one document of one. */
export function compileUpdatePipeline(pipeline: readonly unknown[]): (document: Document) => Document {
  for (const stage of pipeline) {
    const [name = ''] = isDocument(stage) ? Object.keys(stage) : []
    if (!OF_UPDATES.includes(name))
      throw new MongoError(72, 'InvalidOptions', `${name} is not allowed to be used within an update`)
  }
  const stages = compilePipeline(pipeline)
  return (document) => {
    const [made = {}] = stages([document])
    return '_id' in document && !('_id' in made) ? { _id: document._id, ...made } : made
  }
}

function compileStage(stage: unknown): Stage {
  if (!isDocument(stage) || Object.keys(stage).length !== 1)
    throw new MongoError(40_323, 'Location40323', 'A pipeline stage specification object must contain exactly one field.')
  const [[name = '', argument] = []] = Object.entries(stage)
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined
  if (compile) return compile(argument)
  if (NOT_EMULATED.includes(name)) throw notImplemented(`stage ${name}`)
  throw new MongoError(40_324, 'Location40324', `Unrecognized pipeline stage name: '${name}'`)
}

const NOT_EMULATED = [
  ...['$bucket', '$bucketAuto', '$changeStreamSplitLargeEvent', '$collStats', '$currentOp', '$densify', '$documents'],
  ...['$facet', '$fill', '$geoNear', '$graphLookup', '$indexStats', '$listLocalSessions', '$listSessions', '$lookup'],
  ...['$merge', '$out', '$planCacheStats', '$redact', '$sample', '$search', '$searchMeta', '$setWindowFields'],
  ...['$shardedDataDistribution', '$sortByCount', '$unionWith', '$vectorSearch', '$listSearchIndexes', '$listSampledQueries'],
]

const each =
  (make: (document: Document) => Document): Stage =>
  (documents) =>
    documents.map(make)

const STAGES: Readonly<Record<string, (argument: unknown) => Stage>> = {
  $match: (argument) => {
    if (!isDocument(argument))
      throw new MongoError(15_959, 'Location15959', 'the match filter must be an expression in an object')
    const test = compileFilter(argument)
    return (documents) => documents.filter(test)
  },
  $project: (argument) => each(compileProjection(argument ?? 1, 'stage')),
  $sort: (argument) => {
    if (!isDocument(argument)) throw new MongoError(15_973, 'Location15973', 'the $sort key specification must be an object')
    if (Object.keys(argument).length === 0)
      throw new MongoError(15_976, 'Location15976', '$sort stage must have at least one sort key')
    const order = compileSort(argument)
    return (documents) => documents.toSorted(order)
  },
  $limit: (argument) => {
    const limit = counted(argument, 5_107_201, '$limit')
    if (limit === 0) throw new MongoError(15_958, 'Location15958', 'the limit must be positive')
    return (documents) => documents.slice(0, limit)
  },
  $skip: (argument) => {
    const skip = counted(argument, 5_107_200, '$skip')
    return (documents) => documents.slice(skip)
  },
  $group: group,
  $unwind: unwind,
  $count: (argument) => {
    if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.'))
      throw new MongoError(40_156, 'Location40156', 'the count field must be a non-empty string')
    return ({ length }) => (length > 0 ? [{ [argument]: new Int32(length) }] : [])
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (argument) => {
    const paths = (Array.isArray(argument) ? argument : [argument]) as unknown[]
    if (!paths.every((path) => typeof path === 'string'))
      throw new MongoError(31_002, 'Location31002', '$unset specification must be a string or an array')
    return each(compileProjection(Object.fromEntries(paths.map((path) => [path, false])), 'stage'))
  },
  $replaceRoot: (argument) => {
    if (!isDocument(argument) || !('newRoot' in argument))
      throw new MongoError(40_231, 'Location40231', 'no newRoot specified for the $replaceRoot stage')
    return replaceRoot(argument.newRoot)
  },
  $replaceWith: replaceRoot,
  $changeStream: () => {
    throw new MongoError(40_573, 'Location40573', 'The $changeStream stage is only supported on replica sets')
  },
}

function counted(argument: unknown, code: number, name: string): number {
  const number = numberOf(argument)
  if (number === undefined || !Number.isInteger(number) || number < 0)
    throw new MongoError(
      code,
      `Location${code}`,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${shown(argument)}`,
    )
  return number
}

function replaceRoot(argument: unknown): Stage {
  const root = compileExpression(argument)
  return each((document) => {
    const made = root(document)
    if (isDocument(made)) return made
    throw new MongoError(
      40_228,
      'Location40228',
      `'newRoot' expression must evaluate to an object, but resulting value was: ${typeName(made)}`,
    )
  })
}

function addFields(argument: unknown): Stage {
  if (!isDocument(argument)) throw new MongoError(40_272, 'Location40272', '$addFields specification stage must be an object')
  const fields = Object.entries(argument).map(([path, value]): [string[], Expression] => {
    const isNested = isDocument(value) && !Object.keys(value)[0]?.startsWith('$')
    if (isNested) throw notImplemented('a nested document in $addFields')
    return [path.split('.'), compileExpression(value)]
  })
  return each((document) => {
    const made = cloned(document)
    for (const [path, expression] of fields) {
      if (path.some((_part, at) => at > 0 && Array.isArray(fieldOf(document, path.slice(0, at)))))
        throw notImplemented('a field inside a list in $addFields')
      const value = expression(document)
      change(made, path, value === undefined ? '$unset' : '$set', value)
    }
    return made
  })
}

function group(argument: unknown): Stage {
  if (!isDocument(argument)) throw new MongoError(15_947, 'Location15947', "a group's fields must be specified in an object")
  if (!('_id' in argument)) throw new MongoError(15_955, 'Location15955', 'a group specification must include an _id')
  const { _id, ...rest } = argument
  const id = compileExpression(_id)
  const fields = Object.entries(rest).map(([name, value]) => ({ name, ...compileAccumulator(name, value) }))
  return (documents) => {
    const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>()
    for (const document of documents) {
      const value = id(document) ?? null
      const known = groups.get(keyOf(value)) ?? { id: value, accumulators: fields.map(({ start }) => start()) }
      groups.set(keyOf(value), known)
      for (const [at, { of }] of fields.entries()) known.accumulators[at]?.take(of(document))
    }
    return [...groups.values()].map(({ id: found, accumulators }) => ({
      _id: found,
      ...Object.fromEntries(fields.map(({ name }, at) => [name, accumulators[at]?.result()])),
    }))
  }
}

function unwind(argument: unknown): Stage {
  const options: Document = isDocument(argument) ? argument : { path: argument }
  const { path: given, includeArrayIndex: index, preserveNullAndEmptyArrays: keep = false } = options
  if (typeof given !== 'string' || !given.startsWith('$'))
    throw new MongoError(28_818, 'Location28818', `path option to $unwind stage should be prefixed with a '$': ${given}`)
  const unknown = Object.keys(options).find((name) => !['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
  if (unknown) throw new MongoError(28_811, 'Location28811', `unrecognized option to $unwind stage: ${unknown}`)
  const path = given.slice(1).split('.')
  const numbered = (document: Document, at: Long | null): Document =>
    typeof index === 'string' ? { ...document, [index]: at } : document
  return (documents) =>
    documents.flatMap((document) => {
      const value = valueAt(document, path)
      if (Array.isArray(value) && value.length > 0)
        return value.map((one: unknown, at) => numbered(replaced(document, path, one), Long.fromNumber(at)))
      if (value !== undefined && value !== null && !Array.isArray(value)) return [numbered(document, null)]
      if (!keep) return []
      return [numbered(Array.isArray(value) ? replaced(document, path, undefined) : document, null)]
    })
}

/** Unlike elsewhere, a list on the way ends it. */
function valueAt(document: Document, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isDocument(value) ? value[name] : undefined), document)
}

function replaced(document: Document, path: readonly string[], value: unknown): Document {
  const copy = cloned(document)
  change(copy, path, value === undefined ? '$unset' : '$set', value)
  return copy
}

/** The different values of a field, each element of a list for itself, in the order in which they are found. */
export function distinctValues(
  documents: readonly Document[],
  path: string,
  leaves: (value: unknown, path: string[]) => unknown[],
): unknown[] {
  const found = new Map<string, unknown>()
  for (const document of documents)
    for (const leaf of leaves(document, path.split('.')))
      for (const value of Array.isArray(leaf) ? leaf : [leaf])
        if (value !== undefined && !found.has(keyOf(value))) found.set(keyOf(value), value)
  return [...found.values()]
}
