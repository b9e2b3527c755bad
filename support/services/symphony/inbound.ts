import type { ChatInbox, ChatPlace } from '../../chat/adapter'
import type { ServiceAccess } from '../service'
import type { SymphonyClient } from './client/client'
import { DatafeedLoop } from './datafeed'
import { Inbox } from './inbox'

/** Marks the feeds of one run: whoever else reads as the same bot, another run of the suite included, is left alone. */
export function feedTag({ runId }: ServiceAccess): string {
  return `acceptance-suite-${runId}`
}

/** Clocks differ: live, what was said so shortly before is taken for said since. */
const CLOCK_TOLERANCE = 2_000

/**
 * What a bot hears over its datafeed. Live all of a process listen to one; on a sandbox each scenario's bot has its own, which ends
 * with the scenario.
 */
export class DatafeedInboxes {
  private own: Promise<DatafeedLoop> | undefined

  constructor(private readonly client: SymphonyClient) {}

  async listen(place: ChatPlace, me: string): Promise<ChatInbox> {
    return new Inbox(await this.loop(), place, me, Date.now() - CLOCK_TOLERANCE)
  }

  /** What belongs to the scenario alone. */
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

  /** Live the run's own feed; where that is gone, one of this process, deleted with whatever made it. */
  private async open(not?: string): Promise<string> {
    const { access, feeds } = this.client
    if (access.isLive && not === undefined) return access.once<string>('datafeed')
    const [there] = (await feeds.list(feedTag(access))).filter((id) => id !== not)
    return there ?? makeFeed(this.client)
  }
}

/** Deleted at the end of whatever the access belongs to: a scenario, or the run. */
export async function makeFeed({ access, feeds, people }: SymphonyClient): Promise<string> {
  const tag = feedTag(access)
  const creation = { by: 'Ada', data: { account: String((await people.me()).id), tag } }
  const { id } = await access.undo.create('symphony.datafeed', 'a datafeed', creation, async () => ({
    id: await feeds.create(tag),
  }))
  return id
}
