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

interface Reply {
  to: string
  value?: unknown
  error?: string
  failure?: Failure
}

type Make = (key: string, detail: string) => Promise<unknown>

/**
 * What a whole run has only once. The main thread makes a thing on the first demand of any thread. One that fails, fails once for all
 * who need it: made again for each of them, it would use up an account's budget. Only cloneable data crosses between threads.
 */
export class SharedServer {
  private readonly made = new Map<string, Promise<unknown>>()
  private channel: BroadcastChannel | undefined

  constructor(private readonly make: Make) {}

  listen(): void {
    this.channel = new BroadcastChannel(CHANNEL)
    this.channel.unref()
    this.channel.onmessage = (event) => {
      const { data } = event as { data: Demand | Reply }
      if ('ask' in data) void this.reply(data)
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

  private async reply({ ask, key, detail }: Demand): Promise<void> {
    const reply = await this.demand(key, detail).then(
      (value): Reply => ({ to: ask, value }),
      (error: unknown): Reply => ({
        to: ask,
        error: errorText(error),
        ...(error instanceof ApiError ? { failure: error.failure } : {}),
      }),
    )
    this.channel?.postMessage(reply)
  }
}

/** A worker's side of it. */
export class SharedClient {
  private readonly waiting = new Map<string, (reply: Reply) => void>()
  private channel: BroadcastChannel | undefined

  demand(key: string, detail: string): Promise<unknown> {
    const channel = this.open()
    const ask = randomUUID()
    return new Promise((resolve, reject) => {
      this.waiting.set(ask, (reply) => {
        if (reply.failure) reject(new ApiError(reply.failure))
        else if (reply.error !== undefined) reject(new Error(reply.error))
        else resolve(reply.value)
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
      const { data } = event as { data: Demand | Reply }
      if (!('to' in data)) return
      const settle = this.waiting.get(data.to)
      this.waiting.delete(data.to)
      settle?.(data)
    }
    this.channel = channel
    return channel
  }

  /** With nothing to wait for, the channel keeps no worker alive. */
  private rest(): void {
    if (this.waiting.size === 0) this.channel?.unref()
  }
}
