import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Fewer bytes are not worth a collection, which takes up to a tenth of a second. */
const MUCH = 24 * 1024 * 1024

let collect: (() => void) | undefined
let least = Number.POSITIVE_INFINITY

/**
 * Before a scenario that takes much of the machine: frees what has gathered since the last collection, in the heap and in files. Files
 * lie outside the heap, and Node starts a collection by the size of the heap alone. Each thread calls this for itself.
 */
export function makeRoom(): void {
  least = Math.min(least, inUse())
  if (inUse() - least < MUCH) return
  collect ??= exposedCollector()
  collect()
  least = inUse()
}

function inUse(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/**
 * For runs whose sandboxes are in the same process: from the first scenario on, a heap is collected when it has grown by a quarter;
 * Node's default waits until it is up to four times as large.
 */
export function keepHeapsSmall(): void {
  setFlagsFromString('--heap-growing-percent=25')
}
