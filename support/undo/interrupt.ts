import { setTimeout as pause } from 'node:timers/promises'
import { errorText } from '../config/errors'
import type { StopSignal } from './stop'

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type Signal = keyof typeof EXIT_CODES

const ANSWERS_PATIENCE = 5_000
const POLL = 20

export interface Interruptible {
  stop: StopSignal
  /** Undoes the open entries of the journal; returns what stays. */
  drain(): Promise<void>
  /** Ends servers that this process has started. */
  shutDown(): Promise<void>
  say(text: string): void
}

/**
 * On the first signal creations stop in every thread, pending responses are awaited for at most 5 s, everything created is undone and
 * the process exits with 130, 143 or 129. A second signal exits at once; the journal is intact either way.
 * @returns removes the handlers again; waits for an undo in progress
 */
export function handleInterrupts(target: Interruptible): () => Promise<void> {
  let draining: Promise<void> | undefined
  const handlers = (Object.keys(EXIT_CODES) as Signal[]).map((signal) => {
    const handler = (): void => {
      if (draining) process.exit(EXIT_CODES[signal])
      draining = leave(target, signal)
    }
    process.on(signal, handler)
    return () => process.off(signal, handler)
  })
  return async () => {
    if (draining) await draining
    for (const off of handlers) off()
  }
}

async function leave(target: Interruptible, signal: Signal): Promise<void> {
  target.stop.stop()
  target.say(`\n${signal}: undoing what this run made; press again to leave at once (npm run sweep finishes the rest).\n`)
  try {
    const deadline = Date.now() + ANSWERS_PATIENCE
    while (target.stop.busy > 0 && Date.now() < deadline) await pause(POLL)
    await target.drain()
    await target.shutDown()
  } catch (error) {
    target.say(`Not all was undone: ${errorText(error)}. npm run sweep finishes the rest.\n`)
  } finally {
    process.exit(EXIT_CODES[signal])
  }
}
