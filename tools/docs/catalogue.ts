import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * Where a behaviour is checked: scenarios by their titles, tests that name its id, the place of another row, or a reason why it
 * is not checked.
 */
type Place = { scenarios: readonly string[] } | 'unit' | 'conformance' | { sameAs: string } | { notOurs: string }

export interface Row {
  id: string
  service: string
  says: string
  /** Undefined if the row has no place, or one of an unknown kind. */
  place: Place | undefined
}

const row = z.object({ says: z.string().optional(), place: z.union([z.string(), z.array(z.string())]).optional() })
const schema = z.record(z.string(), z.record(z.string(), row))

/** Reads `docs/catalogue.json`: the behaviours of each service, by id. @throws if it is not JSON of that shape */
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
