import { type Document, Int32, Timestamp } from 'bson'
import { MongoError, notImplemented } from './errors'
import { compileSort, elementTest } from './query'
import {
  badValue,
  calculate,
  cloned,
  compare,
  equal,
  failedToParse,
  isDocument,
  isNumeric,
  type Numeric,
  numberOf,
  shown,
  typeMismatch,
  typeName,
} from './values'

type Container = Record<string, unknown>

interface Field {
  /** The value, undefined where the field is missing. */
  value: unknown
  set(value: unknown): void
  remove(): void
  name: string
  path: string
  document: Document
}

/** Changes one field of a document in place. @throws MongoError as MongoDB does */
export function change(document: Document, path: readonly string[], operator: string, argument: unknown): void {
  if (operator === '$rename') {
    rename(document, path, argument)
    return
  }
  const isRemoval = ['$unset', '$pull', '$pullAll', '$pop'].includes(operator)
  const field = fieldAt(document, path, !isRemoval)
  if (field) ACTIONS[operator]?.(field, argument)
}

/** @param create whether missing documents on the way are created once a value is set */
function fieldAt(document: Document, path: readonly string[], create: boolean): Field | undefined {
  let container: unknown = document
  const missing: string[] = []
  for (const [at, name] of path.slice(0, -1).entries()) {
    const inner: unknown = missing.length > 0 ? undefined : ownValue(container, name)
    if (inner !== undefined && !isDocument(inner) && !Array.isArray(inner)) {
      if (!create) return undefined
      throw notViable(path[at + 1], name, inner)
    }
    if (inner === undefined) missing.push(name)
    else container = inner
  }
  if (missing.length > 0 && !create) return undefined
  return fieldOf(document, path, container as Container, missing)
}

function fieldOf(document: Document, path: readonly string[], container: Container, missing: string[]): Field | undefined {
  const name = path.at(-1) ?? ''
  const [first = name] = missing
  const isList = Array.isArray(container)
  if (isList && !/^(0|[1-9]\d*)$/.test(first)) {
    const listName = path[path.length - missing.length - 2] ?? ''
    throw notViable(first, listName, container)
  }
  if (isList && Number(first) > container.length + 1_500_000)
    throw new MongoError(2, 'BadValue', "can't backfill more than 1500000 elements")
  return {
    ...{ name, path: path.join('.'), document },
    value: missing.length > 0 ? undefined : ownValue(container, name),
    set: (value) => {
      const whole =
        missing.length > 0 ? [...missing.slice(1), name].reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) : value
      if (isList) while (container.length < Number(first)) container.push(null)
      container[first] = whole
    },
    remove: () => {
      if (isList) container[name] = null
      else delete container[name]
    },
  }
}

function ownValue(container: unknown, name: string): unknown {
  return Object.hasOwn(container as Container, name) ? (container as Container)[name] : undefined
}

function notViable(name: string | undefined, parent: string, value: unknown): MongoError {
  return new MongoError(28, 'PathNotViable', `Cannot create field '${name}' in element {${parent}: ${shown(value)}}`)
}

const idOf = ({ document }: Field): string => `{_id: ${shown(document._id)}}`

type Action = (field: Field, argument: unknown) => void

const arithmetic =
  (operation: '+' | '*', operator: string, verb: string): Action =>
  (field, argument) => {
    if (!isNumeric(argument)) {
      if (typeName(argument) === 'decimal') throw notImplemented(`${operator} with a decimal`)
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${field.path}: ${shown(argument)}}`)
    }
    if (typeName(field.value) === 'decimal') throw notImplemented(`${operator} of a decimal`)
    if (field.value === undefined) return field.set(operation === '+' ? argument : calculate('*', argument, new Int32(0)))
    if (!isNumeric(field.value))
      throw typeMismatch(
        `Cannot apply ${operator} to a value of non-numeric type. ${idOf(field)} has the field '${field.name}' of non-numeric type ${typeName(field.value)}`,
      )
    const result = calculate(operation, field.value, argument as Numeric)
    if (!result)
      throw badValue(
        `Failed to apply ${operator} operations to current value (${shown(field.value)}) for document ${idOf(field)}`,
      )
    field.set(result)
  }

const extreme =
  (direction: 1 | -1): Action =>
  (field, argument) => {
    if (field.value === undefined || compare(argument, field.value) * direction > 0) field.set(cloned(argument))
  }

const ACTIONS: Readonly<Record<string, Action>> = {
  $set: (field, argument) => field.set(cloned(argument)),
  $setOnInsert: (field, argument) => field.set(cloned(argument)),
  $unset: (field) => {
    if (field.value !== undefined) field.remove()
  },
  $inc: arithmetic('+', '$inc', 'increment'),
  $mul: arithmetic('*', '$mul', 'multiply'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: (field, argument) => field.set(now(argument)),
  $push: (field, argument) => push(field, argument),
  $addToSet: (field, argument) => {
    if (field.value !== undefined && !Array.isArray(field.value))
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${field.name}' has non-array type ${typeName(field.value)}`,
      )
    const list: unknown[] = [...((field.value as unknown[] | undefined) ?? [])]
    for (const one of eachOf(argument, '$addToSet', ['$each'])) if (!list.some((known) => equal(known, one))) list.push(one)
    field.set(list)
  },
  $pull: (field, argument) => {
    if (field.value === undefined) return
    if (!Array.isArray(field.value)) throw badValue('Cannot apply $pull to a non-array value')
    const test = pulled(argument)
    field.set(field.value.filter((one) => !test(one)))
  },
  $pullAll: (field, argument) => {
    if (!Array.isArray(argument)) throw badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`)
    if (field.value === undefined) return
    if (!Array.isArray(field.value)) throw badValue('Cannot apply $pull to a non-array value')
    field.set(field.value.filter((one) => !argument.some((other) => equal(one, other))))
  },
  $pop: (field, argument) => {
    const end = numberOf(argument)
    if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${shown(argument)}`)
    if (field.value === undefined) return
    if (!Array.isArray(field.value))
      throw typeMismatch(`Path '${field.path}' contains an element of non-array type '${typeName(field.value)}'`)
    field.set(end === 1 ? field.value.slice(0, -1) : field.value.slice(1))
  },
}

function pulled(argument: unknown): (element: unknown) => boolean {
  if (isDocument(argument)) return elementTest(argument)
  if (Array.isArray(argument)) return (element) => equal(element, argument)
  const test = elementTest({ element: { $in: [argument] } })
  return (element) => !Array.isArray(element) && test({ element })
}

function now(argument: unknown): Date | Timestamp {
  const type: unknown = isDocument(argument) ? argument.$type : undefined
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1_000), i: 1 })
  if (argument === true || argument === false || type === 'date') return new Date()
  throw badValue(
    `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
  )
}

/** The values to add: those of `$each`, or the one. */
function eachOf(argument: unknown, operator: string, known: readonly string[]): unknown[] {
  if (!isDocument(argument) || !('$each' in argument)) return [cloned(argument)]
  const unknown = Object.keys(argument).find((name) => !known.includes(name))
  if (unknown) throw badValue(`Unrecognized clause in ${operator}: ${unknown}`)
  if (!Array.isArray(argument.$each))
    throw badValue(`The argument to $each in ${operator} must be an array but it was of type ${typeName(argument.$each)}`)
  return cloned(argument.$each)
}

function push(field: Field, argument: unknown): void {
  const added = eachOf(argument, '$push', ['$each', '$position', '$slice', '$sort'])
  if (field.value !== undefined && !Array.isArray(field.value))
    throw badValue(
      `The field '${field.path}' must be an array but is of type ${typeName(field.value)} in document ${idOf(field)}`,
    )
  const list: unknown[] = [...((field.value as unknown[] | undefined) ?? [])]
  const modifiers: Document = isDocument(argument) && '$each' in argument ? argument : {}
  list.splice(integer(modifiers.$position, '$position') ?? list.length, 0, ...added)
  if (modifiers.$sort !== undefined) list.sort(elementOrder(modifiers.$sort))
  const slice = integer(modifiers.$slice, '$slice')
  field.set(slice === undefined ? list : slice < 0 ? list.slice(slice) : list.slice(0, slice))
}

function integer(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined
  const number = numberOf(value)
  if (number === undefined || !Number.isInteger(number))
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`)
  return number
}

function elementOrder(sort: unknown): (left: unknown, right: unknown) => number {
  if (isDocument(sort)) {
    const order = compileSort(sort)
    return (left, right) => order(left as Document, right as Document)
  }
  const direction = numberOf(sort)
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1')
  return (left, right) => compare(left, right) * direction
}

function rename(document: Document, path: readonly string[], to: unknown): void {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${path.join('.')}: ${shown(to)}`)
  const target = to.split('.')
  const throughList = [path, target].some((one) => one.some((_part, at) => Array.isArray(plainAt(document, one.slice(0, at)))))
  if (throughList) throw badValue('The source and destination fields of $rename cannot be array elements')
  const source = fieldAt(document, path, false)
  if (source?.value === undefined) return
  const { value } = source
  source.remove()
  change(document, target, '$unset', '')
  change(document, target, '$set', value)
}

function plainAt(document: Document, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isDocument(value) ? value[name] : undefined), document)
}
