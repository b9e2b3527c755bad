import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Where a behaviour is shown: by a scenario or test of ours, by another row, or for a reason not at all. */
export type Place = 'scenario' | 'unit' | 'conformance' | { sameAs: string } | { notOurs: string }

export interface Row {
  id: string
  service: string
  says: string
  /** Absent where the row has none, or one of no known kind. */
  place: Place | undefined
}

const schema = z.record(z.string(), z.record(z.string(), z.object({ says: z.string().optional(), place: z.string().optional() })))

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

function placeOf(text: string): Place | undefined {
  if (text === 'scenario' || text === 'unit' || text === 'conformance') return text
  const sameAs = /^same as (\S+)$/.exec(text)?.[1]
  if (sameAs) return { sameAs }
  const notOurs = /^not ours: (.*\S)/.exec(text)?.[1]
  return notOurs ? { notOurs } : undefined
}
