/** A server that several sandboxes of one process share. */
export interface Stoppable {
  stop(): Promise<void>
}

/**
 * Makes a start function give all callers one server: the first starts it, the last to call `stop` ends it. All waiting
 * callers receive the error of a failed start, and the next caller tries again.
 */
export function shareable<T extends Stoppable>(start: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  let users = 0
  return async () => {
    users++
    running ??= start()
    const mine = running
    const release = async (): Promise<void> => {
      if (--users > 0 || running !== mine) return
      running = undefined
      await (await mine).stop()
    }
    try {
      return handle(await mine, release)
    } catch (error) {
      users--
      if (running === mine) running = undefined
      throw error
    }
  }
}

/** One caller's view of the shared server: stopping it twice counts once. */
function handle<T extends Stoppable>(server: T, release: () => Promise<void>): T {
  let released: Promise<void> | undefined
  return Object.assign(Object.create(server) as T, {
    stop: () => {
      released ??= release()
      return released
    },
  })
}
