import { UsageError } from '../config/errors'

/** Whether two names differ in case at most. */
export function sameName(one: string, other: string): boolean {
  const folded = (name: string): string => name.toUpperCase().toLowerCase()
  return folded(one) === folded(other)
}

/** How candidates for a name are compared and distinguished. */
export interface Lookup<T> {
  /** Kinds of name, the most specific first: a match by username comes before a match by display name. */
  ranks: readonly ((candidate: T) => string | null | undefined)[]
  /** A candidate in a message, e.g. `@ben.okafor (U012AB3CD)`. */
  describe(candidate: T): string
  /** What the reader can set so that the name is no longer ambiguous. */
  instead: string
}

/**
 * The candidate with a name, in any case. The suite writes to people and places, so an ambiguous name is an error.
 * @throws UsageError with the candidates where several match equally well
 */
export function findNamed<T extends { id: string | number }>(
  name: string,
  candidates: readonly T[],
  { ranks, describe, instead }: Lookup<T>,
): T | undefined {
  const distinct = [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()]
  for (const nameOf of ranks) {
    const fitting = distinct.filter((candidate) => {
      const own = nameOf(candidate)
      return typeof own === 'string' && sameName(own, name)
    })
    if (fitting.length > 1)
      throw new UsageError(`"${name}" is ambiguous: it fits ${fitting.map(describe).join(' and ')}. Use ${instead} instead.`)
    if (fitting[0]) return fitting[0]
  }
  return undefined
}

/** Finds what a variable names; an error about the name also contains the variable. */
export async function findConfigured<T>(variable: string, find: () => Promise<T>): Promise<T> {
  try {
    return await find()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(`${variable}: ${error.message}`)
  }
}
