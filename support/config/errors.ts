/** Something the person at the keyboard can put right: shown as its message alone, without a stack. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
    this.stack = message
  }
}

/**
 * Something optional that turns out not to be there, live: the scenario is skipped, saying so. On a sandbox, which has everything, it
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

/** Something that the service under test does not have by its own settings: the scenario is skipped wherever it runs, saying so. */
export class NotOffered extends MissingOptional {
  constructor(reason: string, toSet: string) {
    super(reason, toSet)
    this.name = 'NotOffered'
  }
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
