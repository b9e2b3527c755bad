import { UsageError } from '../config/errors'

/** Whether two names differ in case at most. */
export function sameName(one: string, other: string): boolean {
  const folded = (name: string): string => name.toUpperCase().toLowerCase()
  return folded(one) === folded(other)
}

/** How candidates for a name are compared and told apart. */
export interface Lookup<T> {
  /** Kinds of name, the most certain first: whoever has it as a username comes before whoever has it as a display name. */
  ranks: readonly ((candidate: T) => string | null | undefined)[]
  /** A candidate in a message, e.g. `@ben.okafor (U012AB3CD)`. */
  describe(candidate: T): string
  /** What the reader can set so that the name is no longer ambiguous. */
  instead: string
}

/**
 * The candidate that a name stands for, in any case. People and places are written to, so none is ever chosen by chance.
 * @throws UsageError naming the candidates where several fit equally well
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

/** Finds what a variable names; what is wrong with the name is reported together with the variable. */
export async function findConfigured<T>(variable: string, find: () => Promise<T>): Promise<T> {
  try {
    return await find()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(`${variable}: ${error.message}`)
  }
}
