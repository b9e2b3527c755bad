import { randomUUID } from 'node:crypto'

const MARK = /^(\d{10})-([0-9a-f]{6})$/

/**
 * A random UUID that begins with the run id, `1764421930-abc123` as `17644219-30ab-4c12-83…`: version and variant stand where every
 * UUID has them.
 */
export function idOfRun(mark: string): string {
  const digits = digitsOf(mark)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-8${digits.slice(15)}${randomUUID().slice(-15)}`
}

/** Whether this run gave the UUID. */
export function isOfRun(id: string, mark: string): boolean {
  const digits = digitsOf(mark)
  return id.startsWith(`${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-8${digits.slice(15)}`)
}

function digitsOf(mark: string): string {
  const [, epoch, hex] = MARK.exec(mark) ?? []
  if (!epoch || !hex) throw new Error(`"${mark}" is no run id: ten digits, a dash and six hexadecimal digits are.`)
  return `${epoch}${hex}`
}
