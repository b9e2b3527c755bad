import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'
import type { ServiceAccess } from '../service'
import { RateLimiter } from './rate-limiter'

/** Slack counts calls per app and workspace, from all workers together: they share the budget that the main thread keeps. */
const CHANNEL = 'acceptance.slack.rate-limit'
/** If the main thread does not respond in time or keeps no budget, a worker keeps its own. */
const RESPONSE_TIMEOUT = 5_000

interface Request {
  ask: string
  method: string
}

interface Grant {
  to: string
  /** Milliseconds to wait before the call. */
  wait: number
}

export interface Turns {
  /** Takes one call out of the budget. @returns the milliseconds to wait before the call */
  take(method: string): Promise<number>
  close(): void
}

/** Keeps the budget, and responds to requests for a call of it. */
export function keepBudget(name = CHANNEL, limiter = new RateLimiter()): Turns {
  const channel = new BroadcastChannel(name)
  channel.unref()
  channel.onmessage = (event) => {
    const { data } = event as { data: Request | Grant }
    if ('ask' in data) channel.postMessage({ to: data.ask, wait: limiter.take(data.method) } satisfies Grant)
  }
  return { take: async (method) => limiter.take(method), close: () => channel.close() }
}

/** A worker's side of the exchange. */
export function requestBudget(name = CHANNEL, timeout = RESPONSE_TIMEOUT, own = new RateLimiter()): Turns {
  const channel = new BroadcastChannel(name)
  const waiting = new Map<string, (wait: number) => void>()
  channel.unref()
  channel.onmessage = (event) => {
    const { data } = event as { data: Request | Grant }
    if ('to' in data) waiting.get(data.to)?.(data.wait)
  }
  const take = async (method: string): Promise<number> => {
    const ask = randomUUID()
    const late = new AbortController()
    const granted = new Promise<number>((resolve) => waiting.set(ask, resolve))
    channel.postMessage({ ask, method } satisfies Request)
    const alone = pause(timeout, undefined, { signal: late.signal }).then(() => own.take(method))
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
    'rate-limiter',
    async () => {
      const limiter = new RateLimiter(Date.now, access.shards)
      return isMainThread ? keepBudget(CHANNEL, limiter) : requestBudget(CHANNEL, RESPONSE_TIMEOUT, limiter)
    },
    (turns) => turns.close(),
  )
  const wait = await turns.take(method)
  if (wait > 0) await pause(wait)
}
