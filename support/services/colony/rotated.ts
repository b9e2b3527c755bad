import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs'
import { errorText, UsageError } from '../../config/errors'

/** File for the new key of a live rotation: the only file that may contain a secret, readable only by its owner, ignored by git. */
const ROTATED = '.env.rotated'
const VARIABLE = 'COLONY_TEST_API_KEY'

/**
 * Writes a comment line, which fails where the file or the disk cannot take the key.
 * @throws UsageError where a new key could not be stored: then the key must not be rotated
 */
export function makeReadyFor(file = ROTATED): void {
  append(file, `# Keys that a rotation brought; the last one counts.\n`, 'so the key is not rotated: the new one would be lost')
}

/** Earlier keys in the file are kept: the last one counts. */
export function keep(key: string, file = ROTATED): void {
  append(file, `${VARIABLE}=${key}\n`, 'so the new key is lost, and the old one is dead: ask The Colony for another')
}

/** For the summary, as long as the key in use is not the latest key from a rotation. */
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
