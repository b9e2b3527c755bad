import type { z } from 'zod'

/** A response that lacks what its service promises: a field missing, null or of another type. */
export class ContractError extends Error {
  constructor(what: string, faults: string[]) {
    super(`${what} breaks its contract: ${faults.join('; ')}`)
    this.name = 'ContractError'
  }
}

/**
 * Checks a response against what the service promises of it; unknown fields pass.
 * @param what names the response in the failure, e.g. `a post`
 * @throws ContractError naming every broken field by its path
 */
export function parseResponse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new ContractError(
    what,
    result.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`),
  )
}
