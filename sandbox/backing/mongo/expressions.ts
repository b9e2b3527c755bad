import { type Document, Double, Int32, Long } from 'bson'
import { MongoError, notImplemented } from './errors'
import { calculate, compare, equal, isDocument, isNumeric, kindOf, type Numeric, numberOf, typeName } from './values'

/** Computes a value of a document; undefined: missing. */
export type Expression = (document: Document) => unknown

/** @throws MongoError for operators that are not emulated */
export function compileExpression(expression: unknown): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return reference(expression)
  if (Array.isArray(expression)) {
    const parts = expression.map(compileExpression)
    return (document) => parts.map((part) => part(document) ?? null)
  }
  if (!isDocument(expression)) return () => expression
  const names = Object.keys(expression)
  const [first = ''] = names
  if (first.startsWith('$')) {
    if (names.length > 1)
      throw new MongoError(
        15_983,
        'Location15983',
        'an expression specification must contain exactly one field, the name of the expression',
      )
    return operation(first, expression[first])
  }
  const fields = Object.entries(expression).map(([name, value]) => [name, compileExpression(value)] as const)
  return (document) => {
    const made = fields.map(([name, field]) => [name, field(document)] as const)
    return Object.fromEntries(made.filter(([, value]) => value !== undefined))
  }
}

function reference(path: string): Expression {
  if (path === '$$REMOVE') return () => undefined
  const variable = /^\$\$(ROOT|CURRENT)(?:\.(.*))?$/.exec(path)
  if (path.startsWith('$$') && !variable) throw notImplemented(`variable ${path}`)
  const fields = (variable ? (variable[2] ?? '') : path.slice(1)).split('.').filter((part) => part !== '')
  return (document) => fieldOf(document, fields)
}

/** Of a list of documents, the list of their fields; never an element by its number. */
export function fieldOf(value: unknown, [head, ...rest]: readonly string[]): unknown {
  if (head === undefined) return value
  if (Array.isArray(value))
    return value.map((element: unknown) => fieldOf(element, [head, ...rest])).filter((one) => one !== undefined)
  return isDocument(value) && Object.hasOwn(value, head) ? fieldOf(value[head], rest) : undefined
}

function operation(name: string, argument: unknown): Expression {
  if (name === '$literal') return () => argument
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
  if (!operator) throw notImplemented(`expression ${name}`)
  const parts = (Array.isArray(argument) ? argument : [argument]).map(compileExpression)
  const [least, most] = operator.takes
  if (parts.length < least || parts.length > most)
    throw new MongoError(
      16_020,
      'Location16020',
      `Expression ${name} takes exactly ${least} arguments. ${parts.length} were passed in.`,
    )
  return (document) => operator.of(...parts.map((part) => part(document)))
}

interface Operator {
  takes: readonly [number, number]
  of: (...values: unknown[]) => unknown
}

const isNothing = (value: unknown): boolean => value === undefined || value === null

export function isTrue(value: unknown): boolean {
  return !(isNothing(value) || value === false || numberOf(value) === 0)
}

/** Null with null or a missing value; only for numbers. */
const numeric =
  (name: string, calculation: (left: Numeric, right: Numeric) => unknown) =>
  (...values: unknown[]): unknown => {
    if (values.some(isNothing)) return null
    for (const value of values)
      if (!isNumeric(value)) {
        if (['decimal', 'date'].includes(typeName(value))) throw notImplemented(`${name} of a ${typeName(value)}`)
        throw new MongoError(14, 'TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`)
      }
    const [first, ...rest] = values as Numeric[]
    return rest.reduce<unknown>((sum, value) => calculation(sum as Numeric, value), first ?? new Int32(0))
  }

function within64(operation: '+' | '*' | '-'): (left: Numeric, right: Numeric) => Numeric {
  return (left, right) => {
    const result = calculate(operation, left, right)
    if (!result) throw notImplemented('a result beyond 64 bits')
    return result
  }
}

/** A missing value sorts before null in an expression. */
function order(left: unknown, right: unknown): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  return compare(left, right)
}

const comparing = (holds: (order: number) => boolean): Operator => ({
  takes: [2, 2],
  of: (left, right) => holds(order(left, right)),
})

const MANY = Number.POSITIVE_INFINITY

const OPERATORS: Readonly<Record<string, Operator>> = {
  $add: { takes: [2, MANY], of: numeric('$add', within64('+')) },
  $subtract: { takes: [2, 2], of: numeric('$subtract', within64('-')) },
  $multiply: { takes: [2, MANY], of: numeric('$multiply', within64('*')) },
  $divide: {
    takes: [2, 2],
    of: numeric('$divide', (left, right) => {
      if (numberOf(right) === 0) throw new MongoError(2, 'BadValue', "can't $divide by zero")
      return new Double(Number(numberOf(left)) / Number(numberOf(right)))
    }),
  },
  $eq: comparing((one) => one === 0),
  $ne: comparing((one) => one !== 0),
  $gt: comparing((one) => one > 0),
  $gte: comparing((one) => one >= 0),
  $lt: comparing((one) => one < 0),
  $lte: comparing((one) => one <= 0),
  $and: { takes: [0, MANY], of: (...values) => values.every(isTrue) },
  $or: { takes: [0, MANY], of: (...values) => values.some(isTrue) },
  $not: { takes: [1, 1], of: (value) => !isTrue(value) },
  $ifNull: { takes: [2, MANY], of: (...values) => values.find((value) => !isNothing(value)) ?? values.at(-1) },
  $concat: {
    takes: [0, MANY],
    of: (...values) => {
      if (values.some(isNothing)) return null
      const other = values.find((value) => typeof value !== 'string')
      if (other !== undefined)
        throw new MongoError(16_702, 'Location16702', `$concat only supports strings, not ${typeName(other)}`)
      return values.join('')
    },
  },
  $size: {
    takes: [1, 1],
    of: (value) => {
      if (Array.isArray(value)) return new Int32(value.length)
      throw new MongoError(17_124, 'Location17124', `The argument to $size must be an array, but was of type: ${typeName(value)}`)
    },
  },
  $in: {
    takes: [2, 2],
    of: (value, list) => {
      if (Array.isArray(list)) return list.some((one) => equal(one, value))
      throw new MongoError(40_081, 'Location40081', `$in requires an array as a second argument, found: ${typeName(list)}`)
    },
  },
}

/** One accumulator of a group: takes the value of each document, then gives the result. */
export interface Accumulator {
  take(value: unknown): void
  result(): unknown
}

/** Sums keep the digits that doubles lose, as MongoDB's do. */
class Sum {
  private whole = 0n
  private sum = 0
  private lost = 0
  private widest: 'int' | 'long' | 'double' = 'int'
  count = 0

  take(value: unknown): void {
    if (kindOf(value) !== 'number') return
    if (!isNumeric(value)) throw notImplemented('a sum of decimals')
    this.count++
    if (value instanceof Double) {
      this.widest = 'double'
      const [sum, lost] = this.plus(value.valueOf())
      Object.assign(this, { sum, lost })
      return
    }
    if (value instanceof Long && this.widest === 'int') this.widest = 'long'
    this.whole += BigInt(value.valueOf().toString())
  }

  private plus(value: number): [sum: number, lost: number] {
    const next = this.sum + value
    if (!Number.isFinite(next)) return [next, 0]
    const lost = Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum
    return [next, this.lost + lost]
  }

  get asNumber(): number {
    const whole = Number(this.whole)
    if (BigInt(whole) !== this.whole) throw notImplemented('a sum of doubles and 64-bit integers beyond 2^53')
    const [sum, lost] = this.plus(whole)
    return sum + lost
  }

  get typed(): Numeric {
    if (this.widest === 'double') return new Double(this.asNumber)
    if (BigInt.asIntN(64, this.whole) !== this.whole) return new Double(Number(this.whole))
    const isInt = this.widest === 'int' && BigInt.asIntN(32, this.whole) === this.whole
    return isInt ? new Int32(Number(this.whole)) : Long.fromBigInt(this.whole)
  }
}

function collecting(take: (list: unknown[], value: unknown) => void, result: (list: unknown[]) => unknown): Accumulator {
  const list: unknown[] = []
  return { take: (value) => take(list, value), result: () => result(list) }
}

function extreme(direction: 1 | -1): Accumulator {
  let best: unknown
  return {
    take: (value) => {
      if (!isNothing(value) && (best === undefined || compare(value, best) * direction > 0)) best = value
    },
    result: () => best ?? null,
  }
}

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => {
    const sum = new Sum()
    return { take: (value) => sum.take(value), result: () => sum.typed }
  },
  $avg: () => {
    const sum = new Sum()
    return { take: (value) => sum.take(value), result: () => (sum.count > 0 ? new Double(sum.asNumber / sum.count) : null) }
  },
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () =>
    collecting(
      (list, value) => void (list.length === 0 && list.push(value)),
      ([first]) => first ?? null,
    ),
  $last: () =>
    collecting(
      (list, value) => list.splice(0, 1, value),
      ([last]) => last ?? null,
    ),
  $push: () =>
    collecting(
      (list, value) => void (value !== undefined && list.push(value)),
      (list) => list,
    ),
  $addToSet: () =>
    collecting(
      (list, value) => void (value !== undefined && !list.some((known) => equal(known, value)) && list.push(value)),
      (list) => list,
    ),
}

/** @throws MongoError for a field of `$group` that is no accumulator, or one that is not emulated */
export function compileAccumulator(field: string, specification: unknown): { start: () => Accumulator; of: Expression } {
  const names = isDocument(specification) ? Object.keys(specification) : []
  const [name = ''] = names
  if (!isDocument(specification) || (names.length > 0 && !name.startsWith('$')))
    throw new MongoError(40_234, 'Location40234', `The field '${field}' must be an accumulator object`)
  if (names.length !== 1) throw new MongoError(40_238, 'Location40238', `The field '${field}' must specify one accumulator`)
  if (name === '$count') return { start: ACCUMULATORS.$sum as () => Accumulator, of: () => new Int32(1) }
  const start = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined
  if (!start) throw notImplemented(`accumulator ${name}`)
  return { start, of: compileExpression(specification[name]) }
}
