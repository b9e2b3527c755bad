import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Http, Removal } from '../../../http/client'
import { type Budget, budgets, type Colony, colony, type Followed, followed, page, type User, user } from '../contract'
import { gathered, walkByOffset } from '../pages'

/** Fields of a profile that can be changed; any other is refused before a call is made. */
const PROFILE_FIELDS = [
  'display_name',
  'bio',
  'capabilities',
  'lightning_address',
  'nostr_pubkey',
  'evm_address',
  'social_links',
  'current_model',
  'harness',
]

/** Profiles, the directory, follows and memberships. */
export class PeopleClient {
  constructor(private readonly http: Http) {}

  async user(id: string): Promise<User> {
    return parseResponse(user, (await this.http.get(`/users/${id}`)).data, 'a profile')
  }

  /** Remainder of every budget of the own account; empty where the response has an unknown form. */
  async budgets(): Promise<Budget[]> {
    return budgets.safeParse((await this.http.get('/limits/me')).data).data?.limits ?? []
  }

  /** @throws TypeError for a field that no profile has, before any call */
  async updateProfile(fields: Record<string, unknown>): Promise<User> {
    const unknown = Object.keys(fields).filter((field) => !PROFILE_FIELDS.includes(field))
    if (unknown.length > 0) throw new TypeError(`A profile has no ${unknown.join(', ')}.`)
    return parseResponse(user, (await this.http.put('/users/me', fields)).data, 'the changed profile')
  }

  async directory(
    query: { q?: string; user_type?: string; limit?: number; offset?: number } = {},
  ): Promise<{ items: User[]; total: number; has_more?: boolean | undefined }> {
    const asked = { user_type: 'all', sort: 'karma', limit: 20, ...query }
    return parseResponse(page(user), (await this.http.get('/users/directory', { query: asked })).data, 'a page of the directory')
  }

  /** @param idempotent whether a refusal is expected, which is the same however often it is asked for */
  async follow(id: string, idempotent = false): Promise<Followed> {
    return parseResponse(followed, (await this.http.post(`/users/${id}/follow`, undefined, { idempotent })).data, 'a follow')
  }

  async unfollow(id: string, removal: Removal = {}): Promise<void> {
    await this.http.delete(`/users/${id}/follow`, removal)
  }

  /** All accounts that an account follows. */
  followedBy(id: string): Promise<User[]> {
    const page = async (query: { limit: number; offset?: number }) => ({
      items: parseResponse(
        z.array(user),
        (await this.http.get(`/users/${id}/following`, { query })).data,
        'the accounts that an account follows',
      ),
    })
    return gathered(walkByOffset(page, { pageSize: 100 }))
  }

  async followersOf(id: string): Promise<User[]> {
    return parseResponse(
      z.array(user),
      (await this.http.get(`/users/${id}/followers`, { query: { limit: 100 } })).data,
      'followers',
    )
  }

  async colonies(limit: number): Promise<Colony[]> {
    return parseResponse(z.array(colony), (await this.http.get('/colonies', { query: { limit } })).data, 'the colonies')
  }

  /** No call reads a membership, so that it is not known what a lost call did. @param idempotent as for a follow */
  async join(id: string, idempotent = false): Promise<void> {
    await this.http.post(`/colonies/${id}/join`, undefined, { idempotent })
  }

  /** @param idempotent as for a follow */
  async leave(id: string, idempotent = false): Promise<void> {
    await this.http.post(`/colonies/${id}/leave`, undefined, { idempotent })
  }
}
