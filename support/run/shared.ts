import { randomUUID } from 'node:crypto'
import { BroadcastChannel } from 'node:worker_threads'
import { errorText } from '../config/errors'
import { ApiError, type Failure } from '../http/errors'

const CHANNEL = 'acceptance.shared'

interface Demand {
  ask: string
  key: string
  detail: string
}

interface SharedResult {
  to: string
  value?: unknown
  error?: string
  failure?: Failure
}

type Make = (key: string, detail: string) => Promise<unknown>

/**
 * Things that a whole run has only once. The main thread creates one on first use by any thread. A failure is final for all users: a
 * retry for each of them would use up an account's budget. Only cloneable data is passed between threads.
 */
export class SharedServer {
  private readonly made = new Map<string, Promise<unknown>>()
  private channel: BroadcastChannel | undefined

  constructor(private readonly make: Make) {}

  listen(): void {
    this.channel = new BroadcastChannel(CHANNEL)
    this.channel.unref()
    this.channel.onmessage = (event) => {
      const { data } = event as { data: Demand | SharedResult }
      if ('ask' in data) void this.respond(data)
    }
  }

  close(): void {
    this.channel?.close()
  }

  demand(key: string, detail: string): Promise<unknown> {
    const name = `${key}:${detail}`
    const known = this.made.get(name)
    if (known) return known
    const made = this.make(key, detail)
    this.made.set(name, made)
    made.catch(() => undefined)
    return made
  }

  private async respond({ ask, key, detail }: Demand): Promise<void> {
    const result = await this.demand(key, detail).then(
      (value): SharedResult => ({ to: ask, value }),
      (error: unknown): SharedResult => ({
        to: ask,
        error: errorText(error),
        ...(error instanceof ApiError ? { failure: error.failure } : {}),
      }),
    )
    this.channel?.postMessage(result)
  }
}

/** The worker's side. */
export class SharedClient {
  private readonly waiting = new Map<string, (result: SharedResult) => void>()
  private channel: BroadcastChannel | undefined

  demand(key: string, detail: string): Promise<unknown> {
    const channel = this.open()
    const ask = randomUUID()
    return new Promise((resolve, reject) => {
      this.waiting.set(ask, (result) => {
        if (result.failure) reject(new ApiError(result.failure))
        else if (result.error !== undefined) reject(new Error(result.error))
        else resolve(result.value)
        this.rest()
      })
      channel.ref()
      channel.postMessage({ ask, key, detail } satisfies Demand)
    })
  }

  private open(): BroadcastChannel {
    if (this.channel) return this.channel
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = (event) => {
      const { data } = event as { data: Demand | SharedResult }
      if (!('to' in data)) return
      const settle = this.waiting.get(data.to)
      this.waiting.delete(data.to)
      settle?.(data)
    }
    this.channel = channel
    return channel
  }

  /** Without pending requests, the channel does not keep the worker alive. */
  private rest(): void {
    if (this.waiting.size === 0) this.channel?.unref()
  }
}
