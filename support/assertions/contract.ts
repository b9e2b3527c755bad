import type { z } from 'zod'

/** A response that breaks its service's contract: a field is missing, null or of another type. */
export class ContractError extends Error {
  constructor(what: string, faults: string[]) {
    super(`${what} breaks its contract: ${faults.join('; ')}`)
    this.name = 'ContractError'
  }
}

/**
 * Checks a response against the service's contract; unknown fields are allowed.
 * @param what the response's name in the failure, e.g. `a post`
 * @throws ContractError with the path of every invalid field
 */
export function parseResponse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new ContractError(
    what,
    result.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`),
  )
}
