import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of files that no longer matter: what one scenario with the largest file of a service leaves. */
const MUCH = 24 * 1024 * 1024

let collect: (() => void) | undefined
let before = 0

/**
 * Frees the memory of large files that nothing refers to any more. Files lie outside the heap, and Node starts a collection by the size
 * of the heap alone, so one is started when the scenario after them begins. Each thread calls this for itself.
 */
export function releaseFiles(): void {
  const { external_memory: now } = getHeapStatistics()
  if (now < before + MUCH) return
  collect ??= exposedCollector()
  collect()
  before = getHeapStatistics().external_memory
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/** From the first scenario on, a heap is collected when it has grown by a quarter; Node's default waits until it is up to four times as large. */
export function keepHeapsSmall(): void {
  setFlagsFromString('--heap-growing-percent=25')
}
