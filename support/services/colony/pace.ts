import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceAccess } from '../service'
import type { RateLimit } from './http'

/** A call may wait for the next minute's budget, but never so long that its step runs out of time. */
const LONGEST_WAIT = 50_000

/** An account's budget of calls a minute, as the latest answer told it: when none is left, the next call waits for the new window. */
export class Pace {
  private latest: RateLimit | undefined

  see(limit: RateLimit): RateLimit {
    this.latest = limit
    return limit
  }

  async wait(now = Date.now()): Promise<void> {
    const { remaining, reset } = this.latest ?? {}
    if (remaining !== 0 || reset === undefined) return
    const left = reset * 1_000 - now
    if (left > 0) await pause(Math.min(left, LONGEST_WAIT))
  }
}

/** Live an account's pace is the run's; on a sandbox nobody lives long enough to share one. */
export async function paceOf(access: ServiceAccess, name: string): Promise<Pace> {
  if (!access.isLive) return new Pace()
  return access.connection(
    `pace:${name}`,
    async () => new Pace(),
    () => undefined,
  )
}
