import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * Where a behaviour is checked: by scenarios, given by their titles, by tests that name its id, by another row's place, or for a
 * reason not at all.
 */
type Place = { scenarios: readonly string[] } | 'unit' | 'conformance' | { sameAs: string } | { notOurs: string }

export interface Row {
  id: string
  service: string
  says: string
  /** Absent where the row has none, or one of no known kind. */
  place: Place | undefined
}

const row = z.object({ says: z.string().optional(), place: z.union([z.string(), z.array(z.string())]).optional() })
const schema = z.record(z.string(), z.record(z.string(), row))

/**
 * Reads `docs/catalogue.json`: per service the behaviours it promises, by id.
 * @throws where it is no JSON of that shape
 */
export function readCatalogue(path: string): Row[] {
  const catalogue = schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  return Object.entries(catalogue).flatMap(([service, rows]) =>
    Object.entries(rows).map(([id, { says = '', place = '' }]) => ({ id, service, says, place: placeOf(place) })),
  )
}

function placeOf(text: string | readonly string[]): Place | undefined {
  if (typeof text !== 'string') return text.length > 0 ? { scenarios: text } : undefined
  if (text === 'unit' || text === 'conformance') return text
  const sameAs = /^same as (\S+)$/.exec(text)?.[1]
  if (sameAs) return { sameAs }
  const notOurs = /^not ours: (.*\S)/.exec(text)?.[1]
  return notOurs ? { notOurs } : undefined
}
