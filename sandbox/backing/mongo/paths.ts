import type { Document } from 'bson'
import { notImplemented } from './errors'
import { elementTest } from './query'
import { badValue, failedToParse, isDocument, shown } from './values'

/** What `$`, `$[]` and `$[name]` in a path stand for. */
export interface Places {
  query: Document
  filters: ReadonlyMap<string, (element: unknown) => boolean>
}

const IDENTIFIER = /^\$\[(.*)\]$/

/** @throws MongoError for a filter that no path uses, or a path whose filter is missing */
export function arrayTests(filters: readonly Document[], paths: readonly string[]): Places['filters'] {
  const tests = new Map(filters.map((filter): [string, (element: unknown) => boolean] => testOf(filter)))
  if (tests.size < filters.length) throw failedToParse('Found multiple array filters with the same top-level field name')
  const used = new Set(paths.flatMap((path) => path.split('.').map((part) => IDENTIFIER.exec(part)?.[1] ?? '')))
  used.delete('')
  for (const name of tests.keys())
    if (!used.has(name)) throw failedToParse(`The array filter for identifier '${name}' was not used in the update`)
  for (const name of used)
    if (!tests.has(name))
      throw badValue(
        `No array filter found for identifier '${name}' in path '${paths.find((path) => path.includes(`$[${name}]`))}'`,
      )
  return tests
}

/** `{"x": 1}` and `{"x.size": {$gt: 1}}` are both conditions on the elements of `$[x]`. */
function testOf(filter: Document): [string, (element: unknown) => boolean] {
  const names = Object.keys(filter)
  if (names.some((name) => name.startsWith('$'))) throw notImplemented('a logical operator in arrayFilters')
  const [identifier = ''] = (names[0] ?? '').split('.')
  if (identifier === '') throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters')
  if (names.some((name) => name.split('.')[0] !== identifier))
    throw failedToParse(
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${identifier}' and another`,
    )
  return [identifier, wrapped(filter)]
}

/** An element is tested as the field of a document that has the identifier's name. */
function wrapped(filter: Document): (element: unknown) => boolean {
  const [identifier = ''] = (Object.keys(filter)[0] ?? '').split('.')
  const test = elementTest(filter)
  return (element) => test({ [identifier]: element })
}

/** The paths, without placeholders, that a path with them means in a document. */
export function resolve(document: Document, path: string, places: Places): string[][] {
  const parts = path.split('.')
  const at = parts.findIndex((part) => part.startsWith('$'))
  if (at < 0) return [parts]
  return expand(document, [], parts, places)
}

function expand(value: unknown, done: string[], [head, ...rest]: string[], places: Places): string[][] {
  if (head === undefined) return [done]
  const identifier = IDENTIFIER.exec(head)?.[1]
  if (identifier === undefined && head !== '$') {
    const inner = isDocument(value) || Array.isArray(value) ? (value as Document)[head] : undefined
    return expand(inner, [...done, head], rest, places)
  }
  if (head === '$') {
    const index = matchedIndex(value, done.join('.'), places.query)
    return expand((value as unknown[])[index], [...done, String(index)], rest, places)
  }
  if (!Array.isArray(value)) {
    if (value === undefined)
      throw badValue(`The path '${done.join('.')}' must exist in the document in order to apply array updates.`)
    throw badValue(`Cannot apply array updates to non-array element ${done.at(-1)}: ${shown(value)}`)
  }
  const test = identifier === '' ? undefined : places.filters.get(identifier ?? '')
  return value.flatMap((element: unknown, index) =>
    !test || test(element) ? expand(element, [...done, String(index)], rest, places) : [],
  )
}

/** The first element that the filter's one condition on this list matches. */
function matchedIndex(value: unknown, path: string, query: Document): number {
  const clauses = Object.entries(query).filter(([name]) => name === path || name.startsWith(`${path}.`))
  const isPlain = Object.keys(query).every((name) => !name.startsWith('$'))
  if (!isPlain || clauses.length > 1) throw notImplemented('the positional operator with such a filter')
  const [clause] = clauses
  if (!clause || !Array.isArray(value)) throw badValue('The positional operator did not find the match needed from the query.')
  const index = value.findIndex(clauseTest(clause, path))
  if (index < 0) throw notImplemented('the positional operator with a filter on the whole list')
  return index
}

function clauseTest([name, condition]: [string, unknown], path: string): (element: unknown) => boolean {
  const rest = name.slice(path.length + 1)
  if (rest !== '') return elementTest({ [rest]: condition })
  if (isDocument(condition) && '$elemMatch' in condition) return elementTest(condition.$elemMatch as Document)
  const test = elementTest({ element: condition })
  return (element) => test({ element })
}
