import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'
import type { ServiceAccess } from '../service'
import { Pace } from './pace'

/** Slack counts by app and workspace, however many workers call: all of them draw on the budget that the main thread keeps. */
const CHANNEL = 'acceptance.slack.pace'
/** The main thread may be busy; where nobody keeps a budget, a worker keeps its own. */
const PATIENCE = 5_000

interface Ask {
  ask: string
  method: string
}

interface Grant {
  to: string
  /** Milliseconds before the call may be made. */
  wait: number
}

export interface Turns {
  /** Takes one call out of the budget. @returns the milliseconds to wait before it is made */
  take(method: string): Promise<number>
  close(): void
}

/** Keeps the budget, and answers whoever asks for a call of it. */
export function keepPace(name = CHANNEL, pace = new Pace()): Turns {
  const channel = new BroadcastChannel(name)
  channel.unref()
  channel.onmessage = (event) => {
    const { data } = event as { data: Ask | Grant }
    if ('ask' in data) channel.postMessage({ to: data.ask, wait: pace.take(data.method) } satisfies Grant)
  }
  return { take: async (method) => pace.take(method), close: () => channel.close() }
}

/** A worker's side of it. */
export function askPace(name = CHANNEL, patience = PATIENCE, own = new Pace()): Turns {
  const channel = new BroadcastChannel(name)
  const waiting = new Map<string, (wait: number) => void>()
  channel.unref()
  channel.onmessage = (event) => {
    const { data } = event as { data: Ask | Grant }
    if ('to' in data) waiting.get(data.to)?.(data.wait)
  }
  const take = async (method: string): Promise<number> => {
    const ask = randomUUID()
    const late = new AbortController()
    const granted = new Promise<number>((resolve) => waiting.set(ask, resolve))
    channel.postMessage({ ask, method } satisfies Ask)
    const alone = pause(patience, undefined, { signal: late.signal }).then(() => own.take(method))
    alone.catch(() => undefined)
    try {
      return await Promise.race([granted, alone])
    } finally {
      late.abort()
      waiting.delete(ask)
    }
  }
  return { take, close: () => channel.close() }
}

/** Waits until a live run may make one more call of a method. */
export async function takeTurn(access: ServiceAccess, method: string): Promise<void> {
  const turns = await access.connection(
    'pace',
    async () => {
      const pace = new Pace(Date.now, access.shards)
      return isMainThread ? keepPace(CHANNEL, pace) : askPace(CHANNEL, PATIENCE, pace)
    },
    (kept) => kept.close(),
  )
  const wait = await turns.take(method)
  if (wait > 0) await pause(wait)
}
