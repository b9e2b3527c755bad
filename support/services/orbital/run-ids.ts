import { randomUUID } from 'node:crypto'

const MARK = /^(\d{10})-([0-9a-f]{6})$/

/**
 * A random UUID that begins with the run id, `1764421930-abc123` as `17644219-30ab-4c12-83…`: version and variant are in their
 * usual places.
 */
export function idOfRun(runId: string): string {
  const digits = digitsOf(runId)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-8${digits.slice(15)}${randomUUID().slice(-15)}`
}

/** Whether this run created the UUID. */
export function isOfRun(id: string, runId: string): boolean {
  const digits = digitsOf(runId)
  return id.startsWith(`${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-8${digits.slice(15)}`)
}

function digitsOf(runId: string): string {
  const [, epoch, hex] = MARK.exec(runId) ?? []
  if (!epoch || !hex) throw new Error(`"${runId}" is no run id: ten digits, a dash and six hexadecimal digits are.`)
  return `${epoch}${hex}`
}
