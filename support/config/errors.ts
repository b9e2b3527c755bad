/** An error that the user can correct: shown as its message only, without a stack. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
    this.stack = message
  }
}

/**
 * Something optional is missing live: the scenario is skipped with this message. On a sandbox, which has everything, it
 * fails like any other error.
 */
export class MissingOptional extends Error {
  constructor(
    readonly reason: string,
    readonly toSet: string,
  ) {
    super(`${reason}; needed: ${toSet}`)
    this.name = 'MissingOptional'
  }
}

/** Something that the service under test lacks according to its settings: the scenario is skipped with this message, live and on a sandbox. */
export class NotOffered extends MissingOptional {
  constructor(reason: string, toSet: string) {
    super(reason, toSet)
    this.name = 'NotOffered'
  }
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
