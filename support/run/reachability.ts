import { ConnectionError, ProxyError } from '../http/errors'

const MOST_IN_A_ROW = 3

/**
 * Whether one service can be reached. After three scenarios in a row that could not, the rest of its scenarios are skipped: twenty
 * alike connection errors say no more than one.
 */
export class Reachability {
  private failedInARow = 0
  private since: Date | undefined

  /** Takes the outcome of a scenario: the error it failed with, or nothing. */
  note(error: unknown): void {
    const isUnreachable = error instanceof ConnectionError || error instanceof ProxyError
    this.failedInARow = isUnreachable ? this.failedInARow + 1 : 0
    if (isUnreachable) this.since ??= new Date()
    else this.since = undefined
  }

  /** Since when it could not be reached (UTC, `14:03:22Z`); nothing as long as it is worth trying. */
  get downSince(): string | undefined {
    return this.failedInARow >= MOST_IN_A_ROW ? this.since?.toISOString().slice(11, 19).concat('Z') : undefined
  }
}
