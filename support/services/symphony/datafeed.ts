import { setTimeout as pause } from 'node:timers/promises'
import { ApiError, CallError } from '../../http/errors'
import type { FeedsClient } from './client/feeds'
import type { Event } from './contract'

/** What the loop needs besides reading. */
export interface FeedHome {
  feeds: FeedsClient
  /** An existing feed. @param not one that was deleted */
  open(not?: string): Promise<string>
}

type Subscriber = (event: Event) => void

/** Consecutive failures after which the loop ends. */
const MOST_FAILURES = 5
const PAUSE = 100

/**
 * Reads one datafeed in a loop. A batch is acknowledged only by the next read, so a batch whose response was cut off is sent
 * again; an event that arrives twice is passed on once. A deleted feed is replaced.
 */
export class DatafeedLoop {
  private readonly subscribers = new Set<Subscriber>()
  private readonly passedOn = new Set<string>()
  private feed = ''
  private ackId = ''
  private failures = 0
  private stopped = false
  /** The feed was deleted. */
  private lost = false
  private end: unknown
  private running: Promise<void> | undefined

  private constructor(private readonly home: FeedHome) {}

  /**
   * Resolves once the feed exists: later events will be received. Reading starts with the first subscriber, so that none misses
   * an event.
   */
  static async start(home: FeedHome): Promise<DatafeedLoop> {
    const loop = new DatafeedLoop(home)
    loop.feed = await home.open()
    return loop
  }

  /** @returns a function that unsubscribes */
  subscribe(subscriber: Subscriber): () => void {
    this.subscribers.add(subscriber)
    this.running ??= this.run()
    return () => this.subscribers.delete(subscriber)
  }

  assertAlive(): void {
    if (this.end) throw this.end
  }

  /** The pending read ends with the feed. */
  stop(): void {
    this.stopped = true
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.once()
        this.failures = 0
      } catch (error) {
        if (this.stopped) return
        if (!(await this.recovers(error))) {
          this.end = error
          return
        }
      }
    }
  }

  private async once(): Promise<void> {
    if (this.lost) await this.replace()
    const { events, ackId } = await this.home.feeds.read(this.feed, this.ackId)
    for (const event of events ?? []) this.pass(event)
    this.ackId = ackId
  }

  private pass(event: Event): void {
    if (this.passedOn.has(event.id)) return
    this.passedOn.add(event.id)
    for (const subscriber of this.subscribers) subscriber(event)
  }

  /** @returns whether to continue reading */
  private async recovers(error: unknown): Promise<boolean> {
    if (++this.failures > MOST_FAILURES) return false
    if (error instanceof ApiError && error.status === 400) {
      this.lost = true
      return true
    }
    const passes = error instanceof CallError || (error instanceof ApiError && (error.status === 429 || error.status >= 500))
    if (passes) await pause(PAUSE * 2 ** this.failures)
    return passes
  }

  /** If it fails, the next round repeats it. */
  private async replace(): Promise<void> {
    await this.discard()
    this.feed = await this.home.open(this.feed)
    this.ackId = ''
    this.lost = false
  }

  /** Some pods respond that a deleted feed cannot be deleted. */
  private async discard(): Promise<void> {
    try {
      await this.home.feeds.remove(this.feed)
    } catch (error) {
      if (!(error instanceof ApiError && (error.status === 400 || error.status === 404))) throw error
    }
  }
}
