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
}

/** What the fault switch needs of a state; a server backed by a database brings its own. */
export interface Snapshots {
  snapshot(): unknown
  restore(snapshot: never): void
}
