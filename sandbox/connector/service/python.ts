/** JSON as Python's `json.dumps` writes it by default: `{"a": [1, true]}`, everything beyond ASCII escaped. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${ascii(key)}: ${pythonJson(inner)}`)
      .join(', ')}}`
  }
  return typeof value === 'string' ? ascii(value) : (JSON.stringify(value) ?? 'null')
}

/** A moment as Python's `isoformat` writes it in UTC: `2026-01-31T12:00:00.123000+00:00`. */
export function momentOf(date: Date): string {
  return date.toISOString().replace('Z', '000+00:00')
}

/** Compact JSON with sorted keys at every depth, from which the id of a run is hashed. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
