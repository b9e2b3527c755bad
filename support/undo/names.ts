import { randomUUID } from 'node:crypto'

/** A run id, `{epoch seconds}-{6 hex}`: it is part of every name the run gives, so that what it made can be found again. */
export function newRunId(now = new Date()): string {
  return `${Math.floor(now.getTime() / 1000)}-${randomUUID().replaceAll('-', '').slice(0, 6)}`
}

export const RUN_ID = /\b\d{10}-[0-9a-f]{6}\b/

/** In what a service counts the length of a name. */
export type LengthUnit = 'code points' | 'utf-16 units' | 'bytes'

const GRAPHEMES = new Intl.Segmenter()

/**
 * `<text> {run id}-{n}`, cut so that it fits the service's limit: the text gives way, between characters as people see them and never
 * within one; the run id never does.
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
  for (const { segment } of GRAPHEMES.segment(text)) {
    length += lengthOf(segment, unit)
    if (length > room) break
    kept += segment
  }
  return kept
}

/** How long a text is as a service counts it. */
export function lengthOf(text: string, unit: LengthUnit): number {
  if (unit === 'utf-16 units') return text.length
  if (unit === 'bytes') return Buffer.byteLength(text)
  let points = 0
  for (const _point of text) points++
  return points
}
