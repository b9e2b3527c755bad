import { closeAll } from '../undo/close'

/** Connections of one process or worker: each opened once, all closed at its end, newest first, whatever fails on the way. */
export class Kept {
  private readonly things = new Map<string, { opened: Promise<unknown>; close: () => Promise<void> }>()

  demand<T>(key: string, open: () => Promise<T>, close: (kept: T) => Promise<void> | void): Promise<T> {
    const known = this.things.get(key)
    if (known) return known.opened as Promise<T>
    const opened = open()
    this.things.set(key, { opened, close: async () => close(await opened) })
    opened.catch(() => this.things.delete(key))
    return opened
  }

  async close(): Promise<void> {
    const closing = [...this.things.values()].map(({ close }) => close)
    this.things.clear()
    await closeAll(closing)
  }
}
