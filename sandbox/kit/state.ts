/**
 * All a sandbox remembers, as plain data (maps, arrays, objects, dates) in one place. Because it can be copied whole, the fault
 * switch can lose a write or serve a stale read of any service without that service knowing how.
 */
export class State<T extends object> {
  constructor(private data: T) {}

  get now(): T {
    return this.data
  }

  snapshot(): T {
    return structuredClone(this.data)
  }

  restore(snapshot: T): void {
    this.data = snapshot
  }

  /** All of it as JSON carries it, so that a test can compare the whole before and after. */
  plain(): unknown {
    return plain(this.data)
  }
}

/** Maps become lists of pairs, big integers text, bytes base64. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Map) return [...value].map(([key, one]) => [key, plain(one)])
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

/** What the fault switch needs of a state; a server backed by a database brings its own. */
export interface Snapshots {
  snapshot(): unknown
  restore(snapshot: never): void
}
