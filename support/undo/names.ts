import { randomUUID } from 'node:crypto'

/** A run id, `{epoch seconds}-{6 hex}`: it is part of every name that the run creates, so that its things can be found again. */
export function newRunId(now = new Date()): string {
  return `${Math.floor(now.getTime() / 1000)}-${randomUUID().replaceAll('-', '').slice(0, 6)}`
}

export const RUN_ID = /\b\d{10}-[0-9a-f]{6}\b/

/** The unit in which a service counts the length of a name. */
export type LengthUnit = 'code points' | 'utf-16 units' | 'bytes'

/**
 * `<text> {run id}-{n}`, shortened to the service's limit: the text is cut, only between user-perceived characters; the run id is
 * always kept.
 * @param limit the longest name the service accepts, counted in `unit`
 */
export function uniqueName(text: string, runId: string, serial: string, limit: number, unit: LengthUnit = 'code points'): string {
  const suffix = `${runId}-${serial}`
  const room = limit - suffix.length - 1
  if (room < 0) throw new RangeError(`a name of at most ${limit} characters has no room for the run id ${suffix}`)
  return `${cut(text, room, unit).trimEnd()} ${suffix}`.trimStart()
}

function cut(text: string, room: number, unit: LengthUnit): string {
  if (lengthOf(text, unit) <= room) return text
  let length = 0
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += lengthOf(segment, unit)
    if (length > room) break
    kept += segment
  }
  return kept
}

/** Length of a text in the unit of the service. */
export function lengthOf(text: string, unit: LengthUnit): number {
  if (unit === 'utf-16 units') return text.length
  if (unit === 'bytes') return Buffer.byteLength(text)
  let points = 0
  for (const _point of text) points++
  return points
}
