import { randomUUID } from 'node:crypto'
import type { Sample } from './recording'
import { epochOf, shapeOf, timeLike, unknownLike } from './shapes'
import { type Path, walk } from './tree'
import type { Call, Reply } from './wire'

/**
 * The response that a write would have had, created from a recorded one: values of the recorded request are replaced by those of the
 * current one, values from earlier traffic by their current values, ids that were new then by new ids, and times by the current time.
 * @param valueAt the value in this run at the place where the recorded scenario received a value first
 */
export function fabricated(sample: Sample, call: Call, valueAt: (place: string) => unknown): Reply {
  const swaps = swapsOf(sample, call, valueAt)
  const fresh = new Map(sample.novel.map((value) => [value, freshLike(value)] as const))
  const body = mapped(sample.body, [], (path, value) => {
    const swapped = swap(value, swaps)
    if (swapped !== value) return swapped
    const shape = shapeOf(path, [value])
    if (!fresh.has(value)) return value
    if (shape === 'time') return nowLike(value)
    return shape === 'id' ? fresh.get(value) : value
  })
  const { 'content-length': _length, ...headers } = sample.headers
  return { status: sample.status, headers, body: { tree: body } }
}

/** Recorded values with their current values, the longest first, so that no part is replaced before the whole value. */
function swapsOf(sample: Sample, call: Call, valueAt: (place: string) => unknown): [string, string][] {
  const swaps = new Map<string, string>()
  for (const [value, place] of sample.origins) {
    const now = valueAt(place)
    if (typeof value === 'string' && typeof now === 'string' && value.length > 2) swaps.set(value, now)
  }
  const now = new Map<string, unknown>()
  walk(call.request.tree, (path, value) => now.set(path.join('/'), value), true)
  walk(
    sample.request,
    (path, value) => {
      const current = now.get(path.join('/'))
      if (typeof value === 'string' && typeof current === 'string' && value.length > 2) swaps.set(value, current)
    },
    true,
  )
  return [...swaps].filter(([from, to]) => from !== to).sort(([one], [other]) => other.length - one.length)
}

function swap(value: unknown, swaps: readonly [string, string][]): unknown {
  if (typeof value !== 'string') return value
  for (const [from, to] of swaps) if (value.includes(from)) return value.replaceAll(from, to)
  return value
}

function mapped(tree: unknown, path: Path, map: (path: Path, value: unknown) => unknown): unknown {
  if (Array.isArray(tree)) return tree.map((one) => mapped(one, path, map))
  if (typeof tree === 'object' && tree !== null)
    return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, mapped(value, [...path, key], map)]))
  return map(path, tree)
}

function freshLike(value: unknown): unknown {
  if (typeof value !== 'string') return unknownLike(value)
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value)) return randomUUID()
  const digits = [...String(Date.now() % 1_000_000)]
  const tail = /\d{1,6}$/.exec(value)?.[0].length ?? 0
  return tail > 2 ? value.slice(0, -tail) + digits.slice(-tail).join('').padStart(tail, '1') : unknownLike(value)
}

/** The current time, with the precision and unit of the recorded time. */
function nowLike(value: unknown): unknown {
  const now = Date.now()
  if (typeof value === 'number') return Math.floor(now / (epochOf(value) ?? 1))
  return timeLike(String(value), now)
}
