import { ConnectionError, ProxyError } from '../http/errors'

const MOST_IN_A_ROW = 3

/**
 * Whether one service can be reached. After three scenarios in a row that could not reach it, the rest of its scenarios are skipped, because
 * further connection errors give no new information.
 */
export class Reachability {
  private failedInARow = 0
  private since: Date | undefined

  /** Records the outcome of a scenario: the error with which it failed, or undefined. */
  note(error: unknown): void {
    const isUnreachable = error instanceof ConnectionError || error instanceof ProxyError
    this.failedInARow = isUnreachable ? this.failedInARow + 1 : 0
    if (isUnreachable) this.since ??= new Date()
    else this.since = undefined
  }

  /** Since when it could not be reached (UTC, `14:03:22Z`); undefined while it counts as reachable. */
  get downSince(): string | undefined {
    return this.failedInARow >= MOST_IN_A_ROW ? this.since?.toISOString().slice(11, 19).concat('Z') : undefined
  }
}
