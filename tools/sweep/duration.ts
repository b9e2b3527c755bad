import { UsageError } from '../../support/config/errors'

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `15m`, `1h`, `2d` in milliseconds. */
export function durationOf(text: string): number {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? []
  const factor = UNITS[unit]
  if (!amount || !factor) throw new UsageError(`--older-than takes a number and s, m, h or d, such as 1h; "${text}" is neither.`)
  return Number(amount) * factor
}
