import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { type Presence, presence, type User, user, users } from '../contract'

export interface UserQuery {
  uid?: string
  email?: string
  username?: string
}

const PAGE = 50

/** Users and their presence, in the pod. */
export class PeopleClient {
  constructor(private readonly pod: Http) {}

  async me(): Promise<User> {
    return parseResponse(user, (await this.pod.get('/v2/sessioninfo')).data, 'the own account')
  }

  /** @returns nobody where the service answers 204 */
  async user(query: UserQuery): Promise<User | undefined> {
    const { status, data } = await this.pod.get('/v3/users', { query: { ...query, local: true } })
    return status === 204 ? undefined : parseResponse(users, data, 'users').users[0]
  }

  /** One page, from the place given on. */
  async search(query: string, skip = 0): Promise<User[]> {
    const { status, data } = await this.pod.post('/v1/user/search', { query }, { query: { local: true, skip, limit: PAGE } })
    return status === 204 ? [] : parseResponse(users, data, 'the people found').users
  }

  async presenceOf(userId: string): Promise<Presence> {
    return parseResponse(presence, (await this.pod.get(`/v3/user/${userId}/presence`)).data, 'a presence')
  }

  async setPresence(category: string): Promise<Presence> {
    return parseResponse(presence, (await this.pod.post('/v2/user/presence', { category })).data, 'the own presence')
  }
}
