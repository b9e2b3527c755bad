import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** How often a sweep shows that it is at work, and after what time without a sign it counts as dead; in milliseconds. */
const SIGN = 5_000
const DEAD_AFTER = 30_000
const POLL = 100

/**
 * Does the work while no other sweep works on the same journal, here or on another machine that sees the file. Another sweep is
 * waited for; one that died is not.
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
