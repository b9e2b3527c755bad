import { setTimeout as pause } from 'node:timers/promises'

/** A rate limiter: so many calls within a window of milliseconds; further calls wait for their turn. */
export class RateLimiter {
  private past: number[] = []

  constructor(private readonly window: number) {}

  /** @param most the number of calls in a window, this one included */
  async turn(most: number): Promise<void> {
    for (;;) {
      const now = Date.now()
      this.past = this.past.filter((at) => at > now - this.window)
      const inTheWay = this.past.at(-most)
      if (inTheWay === undefined) break
      await pause(inTheWay + this.window - now)
    }
    this.past.push(Date.now())
  }
}
