import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** The interval of a sweep's heartbeat, and the time without one after which it counts as dead; in milliseconds. */
const SIGN = 5_000
const DEAD_AFTER = 30_000
const POLL = 100

/**
 * Runs the work while no other sweep works on the same journal, here or on another machine with access to the file. Waits for
 * another sweep, unless it has died.
 */
export async function claimed<T>(journal: string, work: () => Promise<T>): Promise<T> {
  const lock = `${journal}.lock`
  while (!take(lock)) {
    if (isDead(lock)) rmSync(lock, { force: true })
    else await pause(POLL)
  }
  const sign = setInterval(() => utimesSync(lock, new Date(), new Date()), SIGN)
  try {
    return await work()
  } finally {
    clearInterval(sign)
    rmSync(lock, { force: true })
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isDead(lock: string): boolean {
  const { mtimeMs } = statSync(lock, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
  return Date.now() - mtimeMs > DEAD_AFTER
}
