import type { ChatInbox, ChatPlace } from '../../chat/adapter'
import type { ServiceAccess } from '../service'
import type { SymphonyClient } from './client/client'
import { DatafeedLoop } from './datafeed'
import { Inbox } from './inbox'

/** Tags the feeds of one run: those of other readers as the same bot, other runs of the suite included, are left alone. */
export function feedTag({ runId }: ServiceAccess): string {
  return `acceptance-suite-${runId}`
}

/** Clocks differ: live, a message sent shortly before counts as sent since. */
const CLOCK_TOLERANCE = 2_000

/**
 * Messages that a bot receives over its datafeed. Live one feed serves a process; on a sandbox each scenario's bot has its own,
 * which ends with the scenario.
 */
export class DatafeedInboxes {
  private own: Promise<DatafeedLoop> | undefined

  constructor(private readonly client: SymphonyClient) {}

  async listen(place: ChatPlace, me: string): Promise<ChatInbox> {
    return new Inbox(await this.loop(), place, me, Date.now() - CLOCK_TOLERANCE)
  }

  /** What belongs only to the scenario. */
  async close(): Promise<void> {
    const loop = await this.own?.catch(() => undefined)
    loop?.stop()
  }

  private loop(): Promise<DatafeedLoop> {
    const { access } = this.client
    if (access.isLive)
      return access.connection(
        'datafeed',
        () => this.start(),
        (loop) => loop.stop(),
      )
    this.own ??= this.start()
    return this.own
  }

  private start(): Promise<DatafeedLoop> {
    return DatafeedLoop.start({ feeds: this.client.feeds, open: (not) => this.open(not) })
  }

  /** Live the feed of the run; if it was deleted, one of this process, deleted with its creator. */
  private async open(not?: string): Promise<string> {
    const { access, feeds } = this.client
    if (access.isLive && not === undefined) return access.once<string>('datafeed')
    const [there] = (await feeds.list(feedTag(access))).filter((id) => id !== not)
    return there ?? makeFeed(this.client)
  }
}

/** Deleted at the end of the scenario or run that the access belongs to. */
export async function makeFeed({ access, feeds, people }: SymphonyClient): Promise<string> {
  const tag = feedTag(access)
  const creation = { by: 'Ada', data: { account: String((await people.me()).id), tag } }
  const { id } = await access.undo.create('symphony.datafeed', 'a datafeed', creation, async () => ({
    id: await feeds.create(tag),
  }))
  return id
}
