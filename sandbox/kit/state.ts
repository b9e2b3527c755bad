/**
 * All of a sandbox's state as plain data (maps, arrays, objects, dates) in one place. Because it can be copied whole, lost writes and
 * stale reads work for every service without code of that service.
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

/** What injected faults need of a state; a server with a database has its own implementation. */
export interface Snapshots {
  snapshot(): unknown
  restore(snapshot: never): void
}
