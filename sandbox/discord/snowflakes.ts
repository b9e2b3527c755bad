/** Discord's epoch is the start of 2015. */
const DISCORD_EPOCH = 1_420_070_400_000

const WORKER = { things: 1n, messages: 2n }

/**
 * Ids that sort by time: milliseconds since 2015 in the high bits, then worker, process and increment. No two messages have
 * the same millisecond, so order by time and by id agree. With a seed the clock is fixed and ids are reproducible.
 */
export class Snowflakes {
  private latest = 0
  private increment = 0n
  private latestMessage = 0
  private ticks: number | undefined

  constructor(seed?: string) {
    if (seed !== undefined) this.ticks = Date.UTC(2026, 0, 1) + [...seed].reduce((sum, char) => sum + char.charCodeAt(0), 0)
  }

  /** Epoch milliseconds; with a seed every call returns a millisecond later. */
  now(): number {
    if (this.ticks === undefined) return Date.now()
    return ++this.ticks
  }

  next(): string {
    const now = Math.max(this.now(), this.latest)
    this.increment = now === this.latest ? this.increment + 1n : 0n
    if (this.increment > 4095n) {
      this.latest = now + 1
      this.increment = 0n
    } else this.latest = now
    return snowflake(this.latest, WORKER.things, this.increment)
  }

  /** @param at an instant in the past, for an old message */
  nextMessage(at?: number): string {
    if (at !== undefined) return snowflake(Math.floor(at), WORKER.messages, BigInt(this.latestMessage++ % 4096))
    this.latestMessage = Math.max(this.now(), this.latestMessage + 1)
    return snowflake(this.latestMessage, WORKER.messages, 0n)
  }
}

function snowflake(at: number, worker: bigint, increment: bigint): string {
  return String((BigInt(at - DISCORD_EPOCH) << 22n) | (worker << 17n) | increment)
}

/** Epoch milliseconds of an id's creation. */
export function madeAt(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH
}

export function isSnowflake(text: string): boolean {
  return /^\d{1,20}$/.test(text) && BigInt(text) < 1n << 64n
}

/** Older first; ids of different lengths are compared as numbers. */
export function byAge(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length
  return one < other ? -1 : Number(one > other)
}
