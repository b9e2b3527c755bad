import { closeAll } from '../undo/close'

/** Connections of one process or worker: each opened once, all closed at its end, newest first, even if some fail. */
export class Connections {
  private readonly opened = new Map<string, { opened: Promise<unknown>; close: () => Promise<void> }>()

  open<T>(key: string, open: () => Promise<T>, close: (kept: T) => Promise<void> | void): Promise<T> {
    const known = this.opened.get(key)
    if (known) return known.opened as Promise<T>
    const opened = open()
    this.opened.set(key, { opened, close: async () => close(await opened) })
    opened.catch(() => this.opened.delete(key))
    return opened
  }

  async close(): Promise<void> {
    const closing = [...this.opened.values()].map(({ close }) => close)
    this.opened.clear()
    await closeAll(closing)
  }
}
