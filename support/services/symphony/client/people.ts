import { assertAgrees } from '../../../assertions/agreement'
import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { type Presence, presence, type User, type UsersFound, user, usersById, usersFound } from '../contract'

export interface UserQuery {
  uid?: string
  email?: string
  username?: string
}

const PAGE = 50

/** Users and their presence, by the pod. */
export class PeopleClient {
  constructor(private readonly pod: Http) {}

  async me(): Promise<User> {
    return parseResponse(user, (await this.pod.get('/v2/sessioninfo')).data, 'the bot’s account')
  }

  /** @returns undefined if the response is 204 */
  async user(query: UserQuery): Promise<User | undefined> {
    const { status, data } = await this.pod.get('/v3/users', { query: { ...query, local: true } })
    if (status === 204) return undefined
    const [found] = parseResponse(usersById, data, 'users').users
    if (found) assertAsked(found, query)
    return found
  }

  /** One page from an offset, and the total. */
  async search(query: string, skip = 0): Promise<UsersFound> {
    const { status, data } = await this.pod.post(
      '/v1/user/search',
      { query },
      {
        query: { local: true, skip, limit: PAGE },
        idempotent: true,
      },
    )
    return status === 204 ? { count: skip, users: [] } : parseResponse(usersFound, data, 'the people found')
  }

  async presenceOf(userId: string): Promise<Presence> {
    const shown = parseResponse(presence, (await this.pod.get(`/v3/user/${userId}/presence`)).data, 'a presence')
    assertAgrees('a presence', shown, { userId: Number(userId) })
    return shown
  }

  async setPresence(category: string): Promise<Presence> {
    const shown = parseResponse(
      presence,
      (await this.pod.post('/v2/user/presence', { category }, { idempotent: true })).data,
      'the bot’s presence',
    )
    assertAgrees('the bot’s presence', shown, { category })
    return shown
  }
}

/** @throws ContractError if it is another user; names are compared in any case */
function assertAsked({ id, username, emailAddress }: User, { uid, username: name, email }: UserQuery): void {
  const asked = { id: uid, username: name?.toLowerCase(), email: email?.toLowerCase() }
  assertAgrees(
    'the requested user',
    { id: String(id), username: username.toLowerCase(), email: emailAddress?.toLowerCase() },
    asked,
  )
}
