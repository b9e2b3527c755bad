import { setTimeout as pause } from 'node:timers/promises'
import { ApiError, CallError } from '../../http/errors'
import type { FeedsClient } from './client/feeds'
import type { Event } from './contract'

/** What the loop needs beyond reading. */
export interface FeedHome {
  feeds: FeedsClient
  /** A feed that is there. @param not one that is gone */
  open(not?: string): Promise<string>
}

type Hearer = (event: Event) => void

/** In a row, before the loop gives up. */
const MOST_FAILURES = 5
const PAUSE = 100

/**
 * Reads one datafeed over and over. A batch is acknowledged by the next read only; so one whose answer broke off comes again, and
 * an event that came twice is told once. A feed that is gone is deleted and replaced.
 */
export class DatafeedLoop {
  private readonly hearers = new Set<Hearer>()
  private readonly told = new Set<string>()
  private feed = ''
  private ackId = ''
  private failures = 0
  private stopped = false
  /** The feed is gone. */
  private lost = false
  private end: unknown
  private running: Promise<void> | undefined

  private constructor(private readonly home: FeedHome) {}

  /** Resolves once the feed is there: what happens from then on is heard. It is read from the first hearer on, so none misses anything. */
  static async start(home: FeedHome): Promise<DatafeedLoop> {
    const loop = new DatafeedLoop(home)
    loop.feed = await home.open()
    return loop
  }

  /** @returns stops datafeed */
  hear(hearer: Hearer): () => void {
    this.hearers.add(hearer)
    this.running ??= this.run()
    return () => this.hearers.delete(hearer)
  }

  assertAlive(): void {
    if (this.end) throw this.end
  }

  /** The read under way ends with the feed. */
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
    for (const event of events ?? []) this.tell(event)
    this.ackId = ackId
  }

  private tell(event: Event): void {
    if (this.told.has(event.id)) return
    this.told.add(event.id)
    for (const hearer of this.hearers) hearer(event)
  }

  /** @returns whether reading on makes sense */
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

  /** Whatever goes wrong here, the next round begins here again. */
  private async replace(): Promise<void> {
    await this.discard()
    this.feed = await this.home.open(this.feed)
    this.ackId = ''
    this.lost = false
  }

  /** Some pods answer that what is gone cannot be deleted. */
  private async discard(): Promise<void> {
    try {
      await this.home.feeds.remove(this.feed)
    } catch (error) {
      if (!(error instanceof ApiError && (error.status === 400 || error.status === 404))) throw error
    }
  }
}
