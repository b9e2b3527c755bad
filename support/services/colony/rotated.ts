import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs'
import { errorText, UsageError } from '../../config/errors'

/** Where a live rotation leaves the new key: the one file that may hold a secret, readable by its owner alone, ignored by git. */
export const ROTATED = '.env.rotated'
const VARIABLE = 'COLONY_TEST_API_KEY'

/**
 * The line it writes takes room on the disk, in which the key will fit.
 * @throws UsageError where a new key could not be kept: then nothing is to be rotated
 */
export function makeReadyFor(file = ROTATED): void {
  append(file, `# Keys that a rotation brought; the last one counts.\n`, 'so the key is not rotated: the new one would be lost')
}

/** Keys that stand there already stay: the last one is the one that counts. */
export function keep(key: string, file = ROTATED): void {
  append(file, `${VARIABLE}=${key}\n`, 'so the new key is lost, and the old one is dead: ask The Colony for another')
}

/** For the summary, as long as the key in use is not the one that a rotation brought last. */
export function reminder(inUse: string | undefined, file = ROTATED): string[] {
  const keys = existsSync(file) ? [...readFileSync(file, 'utf8').matchAll(new RegExp(`^${VARIABLE}=(.+)$`, 'gm'))] : []
  const latest = keys.at(-1)?.[1]
  if (latest === undefined || latest === inUse) return []
  return [`a new ${VARIABLE} is in ${file}: copy it to where you keep the key, for the old one is dead`]
}

function append(file: string, text: string, so: string): void {
  try {
    appendFileSync(file, text, { mode: 0o600 })
    chmodSync(file, 0o600)
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${errorText(error)}), ${so}.`)
  }
}
