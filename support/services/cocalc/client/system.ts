import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Bridge } from '../bridge'
import { type Found, found, names, pong, whoAmI } from '../contract'

/** The hub itself, and who is who on it. */
export class System {
  constructor(private readonly bridge: Bridge) {}

  async ping(): Promise<{ now: number }> {
    return parseResponse(pong, await this.bridge.call('system.ping'), 'the answer to a ping')
  }

  /** The account behind the key; only an account's key is taken here. */
  async test(): Promise<{ account_id: string }> {
    return parseResponse(whoAmI, await this.bridge.call('system.test'), 'who the key stands for')
  }

  /** By account id. */
  async getNames(accountIds: readonly string[]): Promise<z.infer<typeof names>> {
    return parseResponse(names, await this.bridge.callWith('system.getNames', [accountIds]), 'names')
  }

  async userSearch(query: string): Promise<Found[]> {
    return parseResponse(found, await this.bridge.call('system.userSearch', { query }), 'people found')
  }
}

/** The query language over the tables a user may see. */
export class Db {
  constructor(private readonly bridge: Bridge) {}

  /** @param query one table with what is wanted of it: null asks for a field */
  async query(query: Record<string, unknown>, options?: readonly Record<string, unknown>[]): Promise<Record<string, unknown>> {
    const answer = await this.bridge.call('db.userQuery', { query, options })
    return parseResponse(z.record(z.string(), z.unknown()), answer, 'the answer to a query')
  }
}
