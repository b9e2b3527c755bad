import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError } from '../../../../support/http/errors'
import { leaveRoomToRemove } from '../../../../support/services/colony/budgets'
import type { ColonyClient } from '../../../../support/services/colony/client/client'
import { PeopleClient } from '../../../../support/services/colony/client/people'
import type { ServiceAccess } from '../../../../support/services/service'

const refusal = new ApiError({ service: 'colony', method: 'GET', path: '/limits/me', status: 404, body: '', curl: '' })

/** A client whose service tells its budgets so. */
function told(answer: () => unknown): ColonyClient {
  const http = { get: async () => ({ data: answer() }) }
  return { people: new PeopleClient(http as never) } as ColonyClient
}

const row = (action: string, remaining: number) => ({ action, window_seconds: 3_600, max: 10, remaining, retry_after: null })
const outcome = (colony: ColonyClient, isLive = true): Promise<unknown> =>
  leaveRoomToRemove({ isLive, service: 'colony' } as ServiceAccess, colony, 'post').then(
    () => 'made',
    (error: unknown) => (error instanceof ApiError ? error.failure : error),
  )

describe('room to remove what is made', () => {
  test('a budget that what the run owes would use up refuses, as the removal would be', async () => {
    const colony = told(() => ({ limits: [row('edit_comment', 0), row('edit_post', 3)] }))
    expect(await outcome(colony)).to.include({ status: 429, method: 'DELETE', path: '/posts/…', retryAfter: 3_600 })
    expect(await outcome(colony, false), 'on a sandbox').to.equal('made')
    expect(await outcome(told(() => ({ limits: [row('post_delete', 4)] })))).to.equal('made')
  })

  test('a service that does not tell, or tells otherwise, is taken at its word when it refuses', async () => {
    const silent = told(() => {
      throw refusal
    })
    for (const colony of [silent, told(() => ({ budgets: 3 })), told(() => ({ limits: [row('vote', 0)] }))])
      expect(await outcome(colony)).to.equal('made')
  })
})
