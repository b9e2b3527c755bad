import type { OperationShape, Recording } from '../../support/http/shapes'

/** The names of the two recordings in sentences, such as `live` and `sandbox`. */
export interface Sides {
  one: string
  other: string
}

/** Every difference between two recordings of a service, one sentence each, by operation. */
export function driftOf(one: Recording, other: Recording, sides: Sides): Record<string, string[]> {
  const names = [...new Set([...Object.keys(one.operations), ...Object.keys(other.operations)])].sort()
  const found = names.map((name): [string, string[]] => {
    const [a, b] = [one.operations[name], other.operations[name]]
    if (a && b) return [name, differences(a, b, sides)]
    return [name, [`was called on ${a ? sides.one : sides.other} only`]]
  })
  return Object.fromEntries(found.filter(([, sentences]) => sentences.length > 0))
}

function differences(a: OperationShape, b: OperationShape, sides: Sides): string[] {
  return [
    ...onlyIn('status', a.statuses, b.statuses, sides),
    ...onlyIn('header', a.headers, b.headers, sides),
    ...onlyIn('error code', a.codes, b.codes, sides),
    ...onlyIn('field', Object.keys(a.fields), Object.keys(b.fields), sides),
    ...Object.entries(a.fields).flatMap(([path, types]) => typesDiffer(path, types, b.fields[path], sides)),
  ]
}

function onlyIn(what: string, a: readonly string[], b: readonly string[], { one, other }: Sides): string[] {
  const missing = (list: readonly string[], elsewhere: readonly string[], side: string): string[] =>
    list.filter((item) => !elsewhere.includes(item)).map((item) => `${what} ${item} on ${side} only`)
  return [...missing(a, b, one), ...missing(b, a, other)]
}

function typesDiffer(path: string, a: readonly string[], b: readonly string[] | undefined, { one, other }: Sides): string[] {
  if (!b || a.join() === b.join()) return []
  return [`field ${path} is ${a.join(' or ')} on ${one} and ${b.join(' or ')} on ${other}`]
}
