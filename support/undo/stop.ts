import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

const KEY = 'acceptance.stop'
const STOPPING = 0
const BUSY = 1

/**
 * Two cells shared by all threads of the run: whether it is stopping, and how many creations and removals are in progress.
 * The main thread creates them before any worker exists; workers read them from their environment data.
 */
export class StopSignal {
  private constructor(private readonly cells: Int32Array) {}

  static shared(): StopSignal {
    let buffer = getEnvironmentData(KEY)
    if (!(buffer instanceof SharedArrayBuffer)) {
      buffer = new SharedArrayBuffer(8)
      setEnvironmentData(KEY, buffer)
    }
    return new StopSignal(new Int32Array(buffer as SharedArrayBuffer))
  }

  get isStopping(): boolean {
    return Atomics.load(this.cells, STOPPING) !== 0
  }

  get busy(): number {
    return Atomics.load(this.cells, BUSY)
  }

  stop(): void {
    Atomics.store(this.cells, STOPPING, 1)
  }

  /** Does the work unless the run is stopping; then it never resolves, so that nothing more is created and no scenario fails. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    Atomics.add(this.cells, BUSY, 1)
    try {
      if (!this.isStopping) return await work()
    } finally {
      Atomics.sub(this.cells, BUSY, 1)
    }
    return this.hold()
  }

  hold(): Promise<never> {
    return new Promise<never>(() => undefined)
  }
}
