import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of files that no longer matter: what one scenario with the largest file of a service leaves. */
const MUCH = 24 * 1024 * 1024

let collect: (() => void) | undefined
let before = 0

/**
 * Files are outside the heap, whose size alone decides when Node looks for memory to free: after a scenario with large files, when the
 * next one begins and nothing refers to them any more, it is told to. Called by each thread for itself.
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

/** From here on, the heap of every thread grows by a quarter before memory is freed, and not to the fourfold: the start needs no such care. */
export function keepHeapsSmall(): void {
  setFlagsFromString('--heap-growing-percent=25')
}
