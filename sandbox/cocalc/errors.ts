/** A failure whose text goes out as it is: the bridge's own, and what database queries and shells report through callbacks. */
export class BareError extends Error {}

/** CoCalc's own error class for who may manage collaborators. */
export class OwnershipError extends Error {
  override readonly name = 'OwnershipError'
}

/** What a query in CoCalc's query language is refused with. */
export function fatal(text: string): BareError {
  return new BareError(`FATAL: ${text}`)
}

/**
 * The `error` member of CoCalc's envelope: name and message of what was thrown (`Error: …`, `TypeError: …`, and `error: …` for
 * PostgreSQL's), or the bare text.
 */
export function textOf(error: unknown): string {
  if (error instanceof BareError) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** As JavaScript words it where a function reads a member of nothing. */
export function cannotRead(member: string): TypeError {
  return new TypeError(`Cannot read properties of undefined (reading '${member}')`)
}
