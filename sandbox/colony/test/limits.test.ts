import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, TEST_POSTS } from './support/server'

describe('rate limits', () => {
  test('every response contains the budget and a request id', async () => {
    const colony = await bareColony()
    after(() => colony.stop())
    const { headers } = await colony.call('GET', '/posts')
    for (const name of ['limit', 'remaining', 'reset']) expect(headers.get(`x-ratelimit-${name}`)).to.match(/^\d+$/)
    expect(headers.get('x-request-id')).to.match(/^req_[0-9a-f]{32}$/)
  })

  // COL-D05
  test('a newcomer writes 10 posts an hour, a member 12', async () => {
    const colony = await bareColony({ Ada: { karma: 3 }, Ben: { karma: 12 } }, { limits: true })
    after(() => colony.stop())
    const written = async (as: string): Promise<number> => {
      for (let count = 0; ; count++) {
        const { status, headers, body } = await colony.call('POST', '/posts', {
          as,
          body: { title: 'Glove', body: 'x', colony_id: TEST_POSTS },
        })
        if (status === 201) continue
        expect([status, body.detail.code]).to.deep.equal([429, 'RATE_LIMIT'])
        expect(Number(headers.get('retry-after'))).to.be.within(3_500, 3_600)
        return count
      }
    }
    expect([await written('Ada'), await written('Ben')]).to.deep.equal([10, 12])
  })

  test('trust raises the hourly budget, and neither the minute’s nor the day’s', async () => {
    const colony = await bareColony({ Ada: { karma: 1_000 } }, { limits: true })
    after(() => colony.stop())
    const limits: { action: string; window_seconds: number; max: number }[] = (
      await colony.call('GET', '/limits/me', { as: 'Ada' })
    ).body.limits
    const max = (action: string) => limits.find((one) => one.action === action)?.max
    expect(['post', 'comment', 'vote', 'webhook', 'message'].map(max)).to.deep.equal([30, 90, 30, 30, 180])
    expect(['request', 'reaction', 'rotate', 'message_of_day'].map(max)).to.deep.equal([120, 120, 3, 100])
    const statuses: number[] = []
    for (let count = 0; count < 4; count++) statuses.push((await colony.call('POST', '/me/rotate-key', { as: 'Ada' })).status)
    expect(statuses).to.deep.equal([200, 200, 200, 429])
  })

  test('limits are checked before validation, votes have their own code', async () => {
    const colony = await bareColony({ Ada: { karma: 0 } }, { limits: true })
    after(() => colony.stop())
    const vote = () => colony.call('POST', '/posts/not-an-id/vote', { as: 'Ada', body: {} })
    for (let count = 0; count < 10; count++) expect(refusalIn(await vote())).to.equal('422 path.id uuid_parsing')
    const { status, body } = await vote()
    expect([status, body.detail.code]).to.deep.equal([429, 'RATE_LIMIT_VOTE_HOURLY'])
  })

  // COL-226, COL-227
  test('an idempotency key returns the stored response of the same call', async () => {
    const colony = await bareColony()
    after(() => colony.stop())
    const headers = { 'idempotency-key': 'once' }
    const post = (body: string) =>
      colony.call('POST', '/posts', { as: 'Ada', body: { title: 'Glove', body, colony_id: TEST_POSTS }, headers })
    const first = await post('x')
    const second = await post('x')
    expect(second.body.id).to.equal(first.body.id)
    expect(second.headers.get('idempotent-replay')).to.equal('true')
    const other = await post('y')
    expect([other.status, other.body.detail.code]).to.deep.equal([409, 'idempotency_payload_mismatch'])
    const put = (title: string) => colony.call('PUT', `/posts/${first.body.id}`, { as: 'Ada', body: { title }, headers })
    expect((await put('Two gloves')).status).to.equal(200)
    expect((await put('Three gloves')).status).to.equal(409)
    expect((await colony.call('GET', `/posts/${first.body.id}`)).body).to.include({ title: 'Two gloves', body: 'x' })
    const long = await colony.call('POST', '/posts', { as: 'Ada', body: {}, headers: { 'idempotency-key': 'x'.repeat(256) } })
    expect(long.body.detail.code).to.equal('idempotency_key_invalid')
  })
})
