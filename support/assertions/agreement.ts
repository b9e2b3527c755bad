import { isDeepStrictEqual } from 'node:util'
import { ContractError } from './contract'

/**
 * Compares a response with what is known of its subject from elsewhere: the request, the configuration, or what a sandbox made.
 * @param known values by field; of undefined ones nothing is known, and they are not compared
 * @throws ContractError naming every field that differs
 */
export function assertAgrees(
  what: string,
  response: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, unknown>>,
): void {
  const differing = Object.entries(known).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(response[field], value),
  )
  if (differing.length === 0) return
  throw new ContractError(
    what,
    differing.map(([field, value]) => `${field}: is ${JSON.stringify(response[field])}, not ${JSON.stringify(value)}`),
  )
}

/** @throws ContractError where the list does not hold exactly these, in any order */
export function assertExactly(what: string, list: readonly string[], known: readonly string[]): void {
  assertAgrees(what, { items: [...list].sort() }, { items: [...known].sort() })
}
