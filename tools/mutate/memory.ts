import { showPath, walk } from './tree'

/**
 * The values in the traffic of one run with their places, so that one can be replaced by another of its kind and a fabricated
 * response can contain values of the scenario.
 */
export class Memory {
  private readonly values = new Map<string, Set<unknown>>()
  private readonly places = new Map<unknown, Set<string>>()

  /** @param source the operation, or another text that identifies the origin */
  learn(source: string, tree: unknown): void {
    walk(tree, (path, value) => {
      if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return
      const place = `${source} ${showPath(path)}`
      entry(this.values, place).add(value)
      entry(this.places, value).add(place)
    })
  }

  /** Another value from the same place; undefined where there was none. */
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
