import { randomUUID } from 'node:crypto'

/** A run id, `{epoch seconds}-{6 hex}`: it stands in every name the run gives, so that what it made can be found again. */
export function newRunId(now = new Date()): string {
  return `${Math.floor(now.getTime() / 1000)}-${randomUUID().replaceAll('-', '').slice(0, 6)}`
}

export const RUN_ID = /\b\d{10}-[0-9a-f]{6}\b/

/**
 * `<text> {mark}-{n}`, cut so that it fits the service's limit: the text gives way, the run id never does.
 * @param limit the longest name the service takes, in characters
 */
export function uniqueName(text: string, runId: string, serial: string, limit: number): string {
  const suffix = `${runId}-${serial}`
  const room = limit - suffix.length - 1
  if (room < 0) throw new RangeError(`a name of at most ${limit} characters has no room for the run id ${suffix}`)
  return room === 0 ? suffix : `${text.slice(0, room).trimEnd()} ${suffix}`.trimStart()
}
