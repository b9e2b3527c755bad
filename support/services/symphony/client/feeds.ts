import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { type Batch, batch, feed, feeds } from '../contract'

/** Longer than the maximum wait of a read. */
const READ_TIMEOUT = 60_000

/** Datafeeds of version 2: a batch is acknowledged by the next read. */
export class FeedsClient {
  constructor(private readonly agent: Http) {}

  async list(tag: string): Promise<string[]> {
    const { data } = await this.agent.get('/v5/datafeeds', { query: { tag } })
    return parseResponse(feeds, data, 'the datafeeds').map(({ id }) => id)
  }

  /** @returns its id */
  async create(tag: string): Promise<string> {
    return parseResponse(feed, (await this.agent.post('/v5/datafeeds', { tag })).data, 'a new datafeed').id
  }

  /** Waits for events, half a minute at most. @param ackId of the batch received last, or empty */
  async read(id: string, ackId: string): Promise<Batch> {
    const path = `/v5/datafeeds/${encodeURIComponent(id)}/read`
    const { data } = await this.agent.post(path, { ackId, updatePresence: true }, { timeout: READ_TIMEOUT, idempotent: true })
    return parseResponse(batch, data, 'a batch of a datafeed')
  }

  async remove(id: string): Promise<void> {
    await this.agent.delete(`/v5/datafeeds/${encodeURIComponent(id)}`)
  }
}
