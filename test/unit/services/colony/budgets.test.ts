import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError } from '../../../../support/http/errors'
import { leaveRoomToRemove } from '../../../../support/services/colony/budgets'
import type { ColonyClient } from '../../../../support/services/colony/client/client'
import { PeopleClient } from '../../../../support/services/colony/client/people'
import type { ServiceAccess } from '../../../../support/services/service'

const refusal = new ApiError({ service: 'colony', method: 'GET', path: '/limits/me', status: 404, body: '', curl: '' })

/** A client whose service returns these budgets. */
function colonyWith(answer: () => unknown): ColonyClient {
  const http = { get: async () => ({ data: answer() }) }
  return { people: new PeopleClient(http as never) } as ColonyClient
}

const row = (action: string, remaining: number) => ({ action, window_seconds: 3_600, max: 10, remaining, retry_after: null })
const outcome = (colony: ColonyClient, isLive = true): Promise<unknown> =>
  leaveRoomToRemove({ isLive, service: 'colony' } as ServiceAccess, colony, 'post').then(
    () => 'made',
    (error: unknown) => (error instanceof ApiError ? error.failure : error),
  )

describe('budgets for removing created things', () => {
  test('a budget that the pending removals would use up refuses a creation, as the removal would be refused', async () => {
    const colony = colonyWith(() => ({ limits: [row('edit_comment', 0), row('edit_post', 3)] }))
    expect(await outcome(colony)).to.include({ status: 429, method: 'DELETE', path: '/posts/…', retryAfter: 3_600 })
    expect(await outcome(colony, false), 'on a sandbox').to.equal('made')
    expect(await outcome(colonyWith(() => ({ limits: [row('post_delete', 4)] })))).to.equal('made')
  })

  test('without budgets, or with unknown ones, only the service’s own refusals count', async () => {
    const silent = colonyWith(() => {
      throw refusal
    })
    for (const colony of [silent, colonyWith(() => ({ budgets: 3 })), colonyWith(() => ({ limits: [row('vote', 0)] }))])
      expect(await outcome(colony)).to.equal('made')
  })
})
