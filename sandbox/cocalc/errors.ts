/** An error whose text is returned unchanged: from the bridge, and from database queries and shells that report through callbacks. */
export class BareError extends Error {}

/** CoCalc's error class for accounts that may not manage collaborators. */
export class OwnershipError extends Error {
  override readonly name = 'OwnershipError'
}

/** The error with which a query in CoCalc's query language is refused. */
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

/** JavaScript's message where code reads a property of undefined. */
export function cannotRead(member: string): TypeError {
  return new TypeError(`Cannot read properties of undefined (reading '${member}')`)
}
