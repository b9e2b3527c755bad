import { setTimeout as pause } from 'node:timers/promises'

/** Lets a certain number through within a window of milliseconds; whoever comes beyond that waits until it is their turn. */
export class Pace {
  private past: number[] = []

  constructor(private readonly window: number) {}

  /** @param most how many there may be in a window, this one included */
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
