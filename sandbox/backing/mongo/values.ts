import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import { MongoError, notImplemented } from './errors'

/** A number as BSON stores it. Decimals are stored and returned, but neither compared nor calculated with. */
export type Numeric = Int32 | Double | Long

/** The types of BSON in the order in which MongoDB sorts them, with the names its messages use. */
const ORDER = [
  ...['minKey', 'null', 'number', 'string', 'object', 'array', 'binData', 'objectId'],
  ...['bool', 'date', 'timestamp', 'regex', 'javascript', 'maxKey'],
] as const
type Kind = (typeof ORDER)[number]

const CLASSES: readonly [new (...args: never[]) => unknown, Kind][] = [
  [Int32, 'number'],
  [Double, 'number'],
  // Before Long, which it extends.
  [Timestamp, 'timestamp'],
  [Long, 'number'],
  [Decimal128, 'number'],
  [BSONSymbol, 'string'],
  [Binary, 'binData'],
  [ObjectId, 'objectId'],
  [Date, 'date'],
  [BSONRegExp, 'regex'],
  [Code, 'javascript'],
  [MinKey, 'minKey'],
  [MaxKey, 'maxKey'],
]

export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value)) return 'array'
  return CLASSES.find(([type]) => value instanceof type)?.[1] ?? 'object'
}

/** The name of a type in MongoDB's messages. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value instanceof Int32) return 'int'
  if (value instanceof Double) return 'double'
  if (value instanceof Decimal128) return 'decimal'
  const kind = kindOf(value)
  return kind === 'number' ? 'long' : kind
}

export function isDocument(value: unknown): value is Document {
  return kindOf(value) === 'object'
}

export function isNumeric(value: unknown): value is Numeric {
  return kindOf(value) === 'number' && !(value instanceof Decimal128)
}

/** A number of a command, such as a limit, whatever its type on the wire. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return isNumeric(value) ? Number(value.valueOf().toString()) : undefined
}

/** Exact: a 64-bit integer as bigint, which JavaScript compares with numbers without loss. */
function exact(value: unknown): number | bigint {
  if (value instanceof Decimal128) throw notImplemented('comparing and calculating with decimals')
  return value instanceof Long ? value.toBigInt() : (value as Int32 | Double).valueOf()
}

/** The order of MongoDB: by type, then by value; missing equals null here. */
export function compare(left: unknown, right: unknown): number {
  const [a, b] = [kindOf(left), kindOf(right)]
  if (a !== b) return ORDER.indexOf(a) - ORDER.indexOf(b)
  return COMPARE[a](left as never, right as never)
}

export function equal(left: unknown, right: unknown): boolean {
  return kindOf(left) === kindOf(right) && compare(left, right) === 0
}

const same = (): number => 0
const by = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0)
const bytes = (value: unknown): Buffer => Buffer.from(String(value))

const COMPARE: Record<Kind, (left: never, right: never) => number> = {
  minKey: same,
  maxKey: same,
  null: same,
  number: (left: unknown, right: unknown) => {
    const [a, b] = [exact(left), exact(right)]
    const [aIsNaN, bIsNaN] = [Number.isNaN(a), Number.isNaN(b)]
    return aIsNaN || bIsNaN ? Number(bIsNaN) - Number(aIsNaN) : by(a, b)
  },
  string: (left: unknown, right: unknown) => Buffer.compare(bytes(left), bytes(right)),
  object: (left: Document, right: Document) => compareDocuments(left, right),
  array: (left: unknown[], right: unknown[]) => compareLists(left, right),
  binData: (left: Binary, right: Binary) =>
    by(left.length(), right.length()) || by(left.sub_type, right.sub_type) || Buffer.compare(left.value(), right.value()),
  objectId: (left: ObjectId, right: ObjectId) => Buffer.compare(left.id, right.id),
  bool: (left: boolean, right: boolean) => Number(left) - Number(right),
  date: (left: Date, right: Date) => left.getTime() - right.getTime(),
  timestamp: (left: Timestamp, right: Timestamp) => left.compare(right),
  regex: (left: BSONRegExp, right: BSONRegExp) =>
    Buffer.compare(bytes(left.pattern), bytes(right.pattern)) || Buffer.compare(bytes(left.options), bytes(right.options)),
  javascript: (left: Code, right: Code) => Buffer.compare(bytes(left.code), bytes(right.code)),
}

function compareLists(left: readonly unknown[], right: readonly unknown[]): number {
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compare(left[at], right[at])
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Field by field: type of the value, name, value. */
function compareDocuments(left: Document, right: Document): number {
  const [a, b] = [Object.entries(left), Object.entries(right)]
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [[aName, aValue], [bName, bValue]] = [a[at] as [string, unknown], b[at] as [string, unknown]]
    const order =
      ORDER.indexOf(kindOf(aValue)) - ORDER.indexOf(kindOf(bValue)) ||
      Buffer.compare(bytes(aName), bytes(bName)) ||
      compare(aValue, bValue)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Equal for values that are equal to MongoDB, such as 5, 5.0 and the 64-bit 5. */
export function keyOf(value: unknown): string {
  const kind = kindOf(value)
  if (kind === 'number') {
    const number = exact(value)
    return `number ${typeof number === 'number' && Number.isInteger(number) ? BigInt(number) : number}`
  }
  if (kind === 'array') return `[${(value as unknown[]).map(keyOf).join()}]`
  if (kind === 'object')
    return `{${Object.entries(value as Document).map(([name, one]) => `${JSON.stringify(name)}:${keyOf(one)}`)}}`
  if (value instanceof Binary) return `binData ${value.sub_type} ${value.toString('hex')}`
  if (value instanceof Date) return `date ${value.getTime()}`
  if (value instanceof BSONRegExp) return `regex ${JSON.stringify([value.pattern, value.options])}`
  return `${kind} ${kind === 'string' ? JSON.stringify(String(value)) : String(value ?? '')}`
}

/** Documents and lists are copied, values in them are never changed. */
export function cloned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloned) as T
  if (!isDocument(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cloned(inner)])) as T
}

const BOUNDS = { low: -(2n ** 63n), high: 2n ** 63n - 1n }

/**
 * Adds or multiplies as MongoDB does: with a double the result is a double, with a 64-bit integer a 64-bit integer,
 * and two 32-bit integers give a 64-bit one when the result needs it.
 * @returns undefined where 64 bits do not suffice
 */
export function calculate(operation: '+' | '*' | '-', left: Numeric, right: Numeric): Numeric | undefined {
  if (left instanceof Double || right instanceof Double) {
    const [a, b] = [Number(exact(left)), Number(exact(right))]
    return new Double(operation === '+' ? a + b : operation === '*' ? a * b : a - b)
  }
  const [a, b] = [BigInt(exact(left)), BigInt(exact(right))]
  const result = operation === '+' ? a + b : operation === '*' ? a * b : a - b
  if (result < BOUNDS.low || result > BOUNDS.high) return undefined
  const isInt = left instanceof Int32 && right instanceof Int32
  return isInt && BigInt.asIntN(32, result) === result ? new Int32(Number(result)) : Long.fromBigInt(result)
}

/** A value as MongoDB's messages show it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[ ${value.map(shown).join(', ')} ]`
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof Double && Number.isInteger(value.valueOf())) return `${value.valueOf()}.0`
  if (isDocument(value)) {
    const fields = Object.entries(value).map(([name, inner]) => `${name}: ${shown(inner)}`)
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  return String(value)
}

export function badValue(message: string): MongoError {
  return new MongoError(2, 'BadValue', message)
}

export function failedToParse(message: string): MongoError {
  return new MongoError(9, 'FailedToParse', message)
}

export function typeMismatch(message: string): MongoError {
  return new MongoError(14, 'TypeMismatch', message)
}
