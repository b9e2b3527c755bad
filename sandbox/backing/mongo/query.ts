import { BSONRegExp, type Document, MinKey } from 'bson'
import { notImplemented } from './errors'
import { badValue, compare, equal, isDocument, isNumeric, kindOf, numberOf } from './values'

export type Test = (document: Document) => boolean
type ValueTest = (leaves: Leaves) => boolean

interface Leaves {
  /** The values at the path. */
  whole: readonly unknown[]
  /** The same, and the elements of those that are lists. */
  each: readonly unknown[]
}

const isIndex = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name)

/**
 * The values at a dotted path: undefined where it ends early, several where it passes through a list.
 * Elements of a list that are no documents have no fields, not even missing ones.
 */
export function leavesAt(value: unknown, path: readonly string[]): unknown[] {
  const [head, ...rest] = path
  if (head === undefined) return [value]
  if (Array.isArray(value)) {
    const at = isIndex(head) && Number(head) < value.length ? leavesAt(value[Number(head)], rest) : []
    return [...at, ...value.filter(isDocument).flatMap((element) => leavesAt(element, path))]
  }
  return isDocument(value) && Object.hasOwn(value, head) ? leavesAt(value[head], rest) : [undefined]
}

function leavesOf(whole: readonly unknown[]): Leaves {
  return { whole, each: whole.flatMap((leaf): unknown[] => (Array.isArray(leaf) ? [...leaf, leaf] : [leaf])) }
}

/** @throws MongoError for a filter that MongoDB refuses, and for operators that are not emulated */
export function compileFilter(filter: unknown): Test {
  if (filter === undefined || filter === null) return () => true
  if (!isDocument(filter)) throw badValue('the filter must be an object')
  const tests = Object.entries(filter).map(([name, value]) => compileClause(name, value))
  return (document) => tests.every((test) => test(document))
}

function compileClause(name: string, value: unknown): Test {
  if (name === '$comment') return () => true
  if (['$and', '$or', '$nor'].includes(name)) {
    if (!Array.isArray(value)) throw badValue(`${name} must be an array`)
    if (value.length === 0) throw badValue(`${name} must be a nonempty array`)
    if (!value.every(isDocument)) throw badValue(`${name} entries need to be full objects`)
    const tests = value.map(compileFilter)
    if (name === '$and') return (document) => tests.every((test) => test(document))
    return (document) => tests.some((test) => test(document)) === (name === '$or')
  }
  if (name.startsWith('$')) throw KNOWN.includes(name) ? notImplemented(name) : badValue(`unknown top level operator: ${name}`)
  const [path, test] = [name.split('.'), compileValue(value)]
  return (document) => test(leavesOf(leavesAt(document, path)))
}

const KNOWN = [
  ...['$where', '$text', '$expr', '$jsonSchema', '$near', '$nearSphere', '$geoWithin', '$geoIntersects', '$type'],
  ...['$bitsAllSet', '$bitsAnySet', '$bitsAllClear', '$bitsAnyClear', '$maxDistance', '$minDistance', '$sampleRate'],
]

export function isOperators(value: unknown): value is Document {
  return isDocument(value) && (Object.keys(value)[0] ?? '').startsWith('$')
}

/** The condition on a field: operators, a regular expression, or a value it must equal. */
function compileValue(value: unknown): ValueTest {
  if (value instanceof BSONRegExp) return matching(value)
  if (!isOperators(value)) return equalTo(value)
  if ('$ref' in value || '$id' in value) throw notImplemented('DBRef in a query')
  const tests = Object.entries(value).map(([name, argument]) => {
    const operator = OPERATORS[name]
    if (operator) return operator(argument, value)
    throw KNOWN.includes(name) ? notImplemented(`query operator ${name}`) : badValue(`unknown operator: ${name}`)
  })
  return (leaves) => tests.every((test) => test(leaves))
}

function equalTo(value: unknown): ValueTest {
  return ({ each }) => each.some((one) => equal(one, value))
}

const not =
  (test: ValueTest): ValueTest =>
  (leaves) =>
    !test(leaves)

/** Only values of the same type are compared. */
const ordered =
  (holds: (order: number) => boolean) =>
  (argument: unknown): ValueTest => {
    if (argument instanceof BSONRegExp) throw badValue("Can't have RegEx as arg to predicate over field")
    if (['minKey', 'maxKey'].includes(kindOf(argument))) throw notImplemented('a comparison with MinKey or MaxKey')
    return ({ each }) => each.some((one) => kindOf(one) === kindOf(argument) && holds(orderOf(one, argument)))
  }

/** NaN is neither smaller nor larger than any number. */
function orderOf(one: unknown, argument: unknown): number {
  const numbers = [numberOf(one), numberOf(argument)]
  const nans = numbers.filter((number) => Number.isNaN(number)).length
  return nans === 1 ? Number.NaN : compare(one, argument)
}

function oneOf(argument: unknown): ValueTest {
  if (!Array.isArray(argument)) throw badValue('$in needs an array')
  if (argument.some(isOperators)) throw badValue('cannot nest $ under $in')
  const tests = argument.map((one) => (one instanceof BSONRegExp ? matching(one) : equalTo(one)))
  return (leaves) => tests.some((test) => test(leaves))
}

const OPERATORS: Record<string, (argument: unknown, beside: Document) => ValueTest> = {
  $eq: equalTo,
  $ne: (argument) => {
    if (argument instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.")
    return not(equalTo(argument))
  },
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $in: oneOf,
  $nin: (argument) => {
    if (!Array.isArray(argument)) throw badValue('$nin needs an array')
    return not(oneOf(argument))
  },
  $not: (argument) => {
    if (argument instanceof BSONRegExp) return not(matching(argument))
    if (!isDocument(argument)) throw badValue('$not needs a regex or a document')
    if (!isOperators(argument)) throw badValue('$not cannot be empty')
    return not(compileValue(argument))
  },
  $exists: (argument) => {
    const wanted = !(argument === false || argument === null || numberOf(argument) === 0)
    return ({ whole }) => whole.some((leaf) => leaf !== undefined) === wanted
  },
  $size: (argument) => {
    const size = numberOf(argument)
    if (size === undefined || !Number.isInteger(size)) throw badValue('Failed to parse $size. Expected a number')
    if (size < 0) throw badValue('Failed to parse $size. Expected a non-negative number')
    return ({ whole }) => whole.some((leaf) => Array.isArray(leaf) && leaf.length === size)
  },
  $all: (argument) => {
    if (!Array.isArray(argument)) throw badValue('$all needs an array')
    if (argument.some((one) => isOperators(one) && !('$elemMatch' in one))) throw badValue('no $ expressions in $all')
    const tests = argument.map((one) => compileValue(one))
    return (leaves) => tests.length > 0 && tests.every((test) => test(leaves))
  },
  $elemMatch: (argument) => {
    if (!isDocument(argument)) throw badValue('$elemMatch needs an Object')
    const test = elementTest(argument)
    return ({ whole }) => whole.some((leaf) => Array.isArray(leaf) && leaf.some(test))
  },
  $mod: (argument) => {
    const [divisor, remainder] = Array.isArray(argument) ? argument.map(numberOf) : []
    if (!Array.isArray(argument) || argument.length !== 2 || divisor === undefined || remainder === undefined)
      throw badValue('malformed mod, needs to be an array of two numbers')
    if (Math.trunc(divisor) === 0) throw badValue('divisor cannot be 0')
    const holds = (one: unknown): boolean =>
      isNumeric(one) && Math.trunc(Number(numberOf(one))) % Math.trunc(divisor) === Math.trunc(remainder)
    return ({ each }) => each.some(holds)
  },
  $regex: (argument, { $options }) => {
    const inner = argument instanceof BSONRegExp ? argument : undefined
    if (!inner && typeof argument !== 'string') throw badValue('$regex has to be a string')
    const pattern = inner?.pattern ?? String(argument)
    return matching(new BSONRegExp(pattern, $options === undefined ? inner?.options : String($options)))
  },
  $options: (_argument, beside) => {
    if (!('$regex' in beside)) throw badValue('$options needs a $regex')
    return () => true
  },
}

/** The test of one element of a list, by operators or as a document. */
export function elementTest(argument: Document): (element: unknown) => boolean {
  const [first = ''] = Object.keys(argument)
  if (first.startsWith('$') && !['$and', '$or', '$nor'].includes(first)) {
    const test = compileValue(argument)
    return (element) => test({ whole: [element], each: [element] })
  }
  const test = compileFilter(argument)
  return (element) => isDocument(element) && test(element)
}

function matching(expression: BSONRegExp): ValueTest {
  const regex = regexOf(expression)
  return ({ each }) =>
    each.some((one) => (typeof one === 'string' ? regex.test(one) : kindOf(one) === 'regex' && equal(one, expression)))
}

/** JavaScript's expressions are used for MongoDB's: what they cannot read is refused. */
function regexOf({ pattern, options }: BSONRegExp): RegExp {
  if (!/^[imsu]*$/.test(options)) throw notImplemented(`a regular expression with options ${options}`)
  // In a Unicode expression JavaScript refuses a backslash before a character that needs none.
  const source = pattern.replace(
    /\\([^\w^$\\.*+?()[\]{}|/])/g,
    (_whole, one: string) => `\\u{${one.codePointAt(0)?.toString(16)}}`,
  )
  try {
    return new RegExp(source, [...new Set(`${options}u`)].join(''))
  } catch {
    throw notImplemented(`the regular expression ${pattern}`)
  }
}

/** The order of a sort specification; of a list its smallest or, descending, its largest element counts. */
export function compileSort(sort: Document): (left: Document, right: Document) => number {
  const keys = Object.entries(sort).map(([path, given]) => {
    const direction = numberOf(given)
    if (direction !== 1 && direction !== -1) throw badSort(given)
    return { path: path.split('.'), direction }
  })
  return (left, right) => {
    for (const { path, direction } of keys) {
      const order = compare(sortValue(left, path, direction), sortValue(right, path, direction)) * direction
      if (order !== 0) return order
    }
    return 0
  }
}

function badSort(given: unknown): Error {
  if (isDocument(given)) return notImplemented('a sort by $meta')
  return badValue('$sort key ordering must be 1 (for ascending) or -1 (for descending)')
}

function sortValue(document: Document, path: readonly string[], direction: number): unknown {
  const all = leavesAt(document, path).flatMap((leaf): readonly unknown[] => (Array.isArray(leaf) ? orEmpty(leaf) : [leaf]))
  return all.reduce((best, one) => (compare(one, best) * direction < 0 ? one : best), all[0])
}

/** An empty list sorts before null. */
const orEmpty = (list: readonly unknown[]): readonly unknown[] => (list.length > 0 ? list : [new MinKey()])
