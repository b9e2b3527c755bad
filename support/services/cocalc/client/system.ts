import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Bridge } from '../bridge'
import { apiKey, type Found, found, type NewKey, names, newKey, ownAccount, pong, whoAmI } from '../contract'

/** The hub itself, and the accounts on it. */
export class System {
  constructor(private readonly bridge: Bridge) {}

  async ping(): Promise<{ now: number }> {
    return parseResponse(pong, await this.bridge.call('system.ping'), 'the response to a ping')
  }

  /** The account behind the key; the key of a project is refused here. */
  async test(): Promise<{ account_id: string; server_time: number }> {
    return parseResponse(whoAmI, await this.bridge.call('system.test'), 'the account of the key')
  }

  /** The account of the key, as stored on the server. */
  async ownAccount(): Promise<z.infer<typeof ownAccount>> {
    const accounts = { account_id: null, first_name: null, last_name: null, email_address: null }
    const response = await this.bridge.call('db.userQuery', { query: { accounts } })
    return parseResponse(z.looseObject({ accounts: ownAccount }), response, 'the own account').accounts
  }

  /** By account id. */
  async getNames(accountIds: readonly string[]): Promise<z.infer<typeof names>> {
    return parseResponse(names, await this.bridge.callWith('system.getNames', [accountIds]), 'names')
  }

  async userSearch(query: string): Promise<Found[]> {
    return parseResponse(found, await this.bridge.call('system.userSearch', { query }), 'people found')
  }

  /** A key of the account; only this response contains its secret. */
  async createKey(name: string, expire: Date): Promise<NewKey> {
    const response = await this.bridge.call('system.manageApiKeys', { action: 'create', name, expire: expire.toISOString() })
    const [made] = parseResponse(z.array(newKey).length(1), response, 'a new API key')
    return made as NewKey
  }

  /** Keys of the account, without their secrets. */
  async keys(): Promise<z.infer<typeof apiKey>[]> {
    return parseResponse(z.array(apiKey), await this.bridge.call('system.manageApiKeys', { action: 'get' }), 'the API keys')
  }

  async deleteKey(id: number): Promise<void> {
    await this.bridge.call('system.manageApiKeys', { action: 'delete', id })
  }
}

/** Queries of the tables that a user may see. */
export class Db {
  constructor(private readonly bridge: Bridge) {}

  /** @param query one table with the fields requested of it, each with the value null */
  async query(query: Record<string, unknown>, options?: readonly Record<string, unknown>[]): Promise<Record<string, unknown>> {
    const response = await this.bridge.call('db.userQuery', { query, options })
    return parseResponse(z.record(z.string(), z.unknown()), response, 'the response to a query')
  }
}
