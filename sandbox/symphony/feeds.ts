import { noFeed } from './errors'
import type { FeedRow, QueuedEvent, UserRow } from './model'
import { authorShape } from './shapes'
import type { SymphonyStore } from './store'

/** A feed that is not read for this time is removed. */
const LIFETIME = 30 * 60_000
/** Delivered events that are not acknowledged are delivered again after this time. */
export const REDELIVERS_AFTER = 500
/** Time for which a read waits for events. */
const POLL = 30_000
const MOST_EVENTS = 100

export interface Happening {
  type: string
  by: UserRow
  payload: Record<string, unknown>
  messageId?: string
}

interface Reading {
  /** The number of the batch whose receipt is acknowledged; other delivered batches stay unacknowledged. */
  acknowledges: number
  limit?: number
  /** True once the client has closed the connection. */
  gone: () => boolean
}

/** Datafeeds: each queues the events for its owner until they are read. */
export class Feeds {
  private readonly sleepers = new Map<string, Set<() => void>>()
  /** Owners whose next response is cut off in the middle. */
  readonly cuts = new Set<number>()
  private closed = false

  constructor(
    private readonly store: SymphonyStore,
    private readonly suppresses: (type: string) => boolean,
  ) {}

  create(owner: UserRow, version: 1 | 2, tag: string | null): FeedRow {
    const serial = this.store.id(9).replaceAll(/[_-]/g, 'x')
    const at = this.store.now()
    const id = `${serial}_f_${owner.id}`
    const feed: FeedRow = { id, version, owner: owner.id, tag, createdAt: at, lastReadAt: at, batch: 0, queue: [] }
    this.store.data.feeds.set(id, feed)
    return feed
  }

  /** The account's feeds that have not expired. */
  of(owner: UserRow, version: 1 | 2): FeedRow[] {
    const all = [...this.store.data.feeds.values()]
    return all.filter((feed) => feed.owner === owner.id && feed.version === version && isAlive(feed))
  }

  /** @throws 400 where it is unknown, another account's, or expired */
  find(owner: UserRow, version: 1 | 2, id: string): FeedRow {
    const feed = this.store.data.feeds.get(id)
    if (!feed || feed.owner !== owner.id || feed.version !== version || !isAlive(feed)) throw noFeed()
    return feed
  }

  /** Another account's feed is not deleted. */
  remove(owner: UserRow, id: string): void {
    if (this.store.data.feeds.get(id)?.owner === owner.id) this.store.data.feeds.delete(id)
    this.wake(id)
  }

  /** Adds the event to the feeds of all given accounts, the acting one included. */
  publish({ type, by, payload, messageId }: Happening, recipients: Iterable<number>): void {
    if (this.suppresses(type)) return
    const listening = new Set(recipients)
    const timestamp = this.store.now()
    for (const feed of this.store.data.feeds.values()) {
      if (!listening.has(feed.owner) || !isAlive(feed)) continue
      const event = { id: this.store.id(), ...(messageId ? { messageId } : {}), timestamp, type }
      feed.queue.push({ event: { ...event, initiator: { user: authorShape(by) }, payload } })
      this.wake(feed.id)
    }
  }

  /**
   * The next events; waits until there are some, up to half a minute. They count as delivered only when a later read
   * acknowledges their batch.
   */
  async read(id: string, reading: Reading) {
    const deadline = Date.now() + POLL
    for (;;) {
      const feed = this.store.data.feeds.get(id)
      if (!feed) throw noFeed()
      feed.lastReadAt = Date.now()
      feed.queue = feed.queue.filter(({ batch }) => batch !== reading.acknowledges)
      const due = feed.queue.filter((queued) => untilDue(queued) <= 0).slice(0, reading.limit ?? MOST_EVENTS)
      if (due.length > 0 && !reading.gone()) return give(feed, due)
      const left = deadline - Date.now()
      if (left <= 0 || reading.gone() || this.closed) return { events: [], number: reading.acknowledges }
      await this.sleep(id, Math.min(left, ...feed.queue.map(untilDue)))
    }
  }

  /** The batch did not reach its reader: it is due again at once. */
  takeBack(id: string, number: number): void {
    for (const queued of this.store.data.feeds.get(id)?.queue ?? []) {
      if (queued.batch !== number) continue
      delete queued.batch
      delete queued.givenAt
    }
    this.wake(id)
  }

  acknowledge(id: string, number: number): void {
    const feed = this.store.data.feeds.get(id)
    if (feed) feed.queue = feed.queue.filter(({ batch }) => batch !== number)
  }

  /** Wakes waiting reads, which return events or notice that their client has gone. */
  wake(id: string): void {
    for (const rise of this.sleepers.get(id) ?? []) rise()
  }

  close(): void {
    this.closed = true
    for (const id of this.sleepers.keys()) this.wake(id)
  }

  private sleep(id: string, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const sleepers = this.sleepers.get(id) ?? new Set()
      this.sleepers.set(id, sleepers)
      const rise = (): void => {
        clearTimeout(timer)
        sleepers.delete(rise)
        if (sleepers.size === 0) this.sleepers.delete(id)
        resolve()
      }
      const timer = setTimeout(rise, Math.max(1, milliseconds))
      sleepers.add(rise)
    })
  }
}

function give(feed: FeedRow, due: readonly QueuedEvent[]) {
  feed.batch++
  for (const queued of due) Object.assign(queued, { batch: feed.batch, givenAt: Date.now() })
  return { events: due.map(({ event }) => event), number: feed.batch }
}

function untilDue({ givenAt }: QueuedEvent): number {
  return givenAt === undefined ? 0 : givenAt + REDELIVERS_AFTER - Date.now()
}

function isAlive({ lastReadAt }: FeedRow): boolean {
  return lastReadAt > Date.now() - LIFETIME
}
