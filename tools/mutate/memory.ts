import { showPath, walk } from './tree'

/**
 * What went over the wire in one run: which values stood where, so that one can be swapped for another of its kind and a fabricated
 * response can name what the scenario knows.
 */
export class Memory {
  private readonly values = new Map<string, Set<unknown>>()
  private readonly places = new Map<unknown, Set<string>>()

  /** @param source the operation, or whatever tells one origin from another */
  learn(source: string, tree: unknown): void {
    walk(tree, (path, value) => {
      if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return
      const place = `${source} ${showPath(path)}`
      entry(this.values, place).add(value)
      entry(this.places, value).add(place)
    })
  }

  /** Another value that stood where this one did; nothing where there was none. */
  neighbour(value: unknown): unknown {
    for (const place of this.places.get(value) ?? []) {
      for (const other of this.values.get(place) ?? []) if (other !== value && typeof other === typeof value) return other
    }
    return undefined
  }

  has(value: unknown): boolean {
    return this.places.has(value)
  }
}

function entry<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const known = map.get(key) ?? new Set<V>()
  map.set(key, known)
  return known
}
