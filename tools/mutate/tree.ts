/**
 * The path of a value in a request, a response or an event: keys, `[]` for every element of a list, `{}` for every key of an object
 * whose keys are ids, `<json>` for JSON inside a text.
 */
export type Path = readonly string[]

export const ELEMENT = '[]'
export const KEYED = '{}'
const NESTED = '<json>'

/** Results of an edit: the value is not changed, or its field or element is removed. */
export const SAME = Symbol('same')
export const GONE = Symbol('gone')

const ID_KEY = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{6,}|[A-Z]{1,2}[A-Z0-9]{7,})$/

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `items[].author.id` */
export function showPath(path: Path): string {
  return path.reduce(
    (text, token) => (token === ELEMENT || token === NESTED ? `${text}${token}` : text ? `${text}.${token}` : token),
    '',
  )
}

/** Visits every value, lists and objects included, parents first. @param concrete with indexes instead of `[]` */
export function walk(tree: unknown, visit: (path: Path, value: unknown) => void, concrete = false, path: Path = []): void {
  visit(path, tree)
  if (Array.isArray(tree)) {
    for (const [at, element] of tree.entries()) walk(element, visit, concrete, [...path, concrete ? String(at) : ELEMENT])
  } else if (isRecord(tree)) {
    for (const [key, value] of Object.entries(tree)) walk(value, visit, concrete, [...path, concrete ? key : tokenOf(key)])
  } else {
    const inner = nested(tree)
    if (inner !== undefined) walk(inner, visit, concrete, [...path, NESTED])
  }
}

function tokenOf(key: string): string {
  return ID_KEY.test(key) ? KEYED : key
}

function nested(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

type Edit = (value: unknown, index: number, siblings: readonly unknown[]) => unknown

/**
 * Changes every value at a path in place.
 * @param change receives each value with its position among the values of the same path; returns the new one, `SAME` or `GONE`
 * @returns the number of changed values
 */
export function edit(holder: { tree: unknown }, path: Path, change: Edit): number {
  const siblings = valuesAt(holder.tree, path)
  const counter = { index: 0, changed: 0 }
  holder.tree = edited(holder.tree, path, (value) => {
    const next = change(value, counter.index++, siblings)
    if (next === SAME || JSON.stringify(next) === JSON.stringify(value)) return SAME
    counter.changed++
    return next
  })
  return counter.changed
}

function edited(value: unknown, [head, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (head === undefined) {
    const next = change(value)
    return next === SAME ? value : next
  }
  if (head === NESTED) {
    const inner = nested(value)
    return inner === undefined ? value : JSON.stringify(edited(inner, rest, change))
  }
  if (Array.isArray(value)) {
    const isWanted = (at: number): boolean => head === ELEMENT || head === String(at)
    return value.map((one, at) => (isWanted(at) ? edited(one, rest, change) : one)).filter((one) => one !== GONE)
  }
  if (!isRecord(value)) return value
  for (const key of keysFor(value, head)) {
    const next = edited(value[key], rest, change)
    if (next === GONE) delete value[key]
    else value[key] = next
  }
  return value
}

function keysFor(value: Record<string, unknown>, head: string): string[] {
  if (head === KEYED) return Object.keys(value).filter((key) => ID_KEY.test(key))
  return head in value ? [head] : []
}

export function valuesAt(tree: unknown, [head, ...rest]: Path): unknown[] {
  if (head === undefined) return [tree]
  if (head === NESTED) {
    const inner = nested(tree)
    return inner === undefined ? [] : valuesAt(inner, rest)
  }
  if (Array.isArray(tree)) return (head === ELEMENT ? tree : [tree[Number(head)]]).flatMap((one) => valuesAt(one, rest))
  if (!isRecord(tree)) return []
  return keysFor(tree, head).flatMap((key) => valuesAt(tree[key], rest))
}
