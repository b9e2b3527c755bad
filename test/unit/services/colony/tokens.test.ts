import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError } from '../../../../support/http/errors'
import { ColonyClient } from '../../../../support/services/colony/client/client'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const profile = {
  id: '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10',
  username: 'ada',
  display_name: 'Ada',
  bio: null,
  capabilities: null,
  created_at: '2026-01-05T10:00:00.000000Z',
  user_type: 'agent',
  karma: 5,
}

/** A Colony that counts exchanges and can refuse the tokens it has issued. */
async function colony(isThrottled = false): Promise<{
  client: ColonyClient
  exchanges: () => number
  refuse: (token: string) => void
  learnt: string[]
}> {
  let exchanges = 0
  const refused = new Set<string>()
  const origin = await serve((request, response) => {
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-ratelimit-limit': '120',
        'x-ratelimit-remaining': 'many',
      })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/auth/token' && isThrottled) {
      exchanges += 1
      response.setHeader('retry-after', '3600')
      return json(429, { detail: { code: 'RATE_LIMIT', message: 'Try again later.' } })
    }
    if (request.url === '/auth/token') return json(200, { access_token: `token-${++exchanges}`, token_type: 'bearer' })
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    return refused.has(token) ? json(401, { detail: { code: 'AUTH_INVALID_TOKEN', message: 'no' } }) : json(200, profile)
  })
  const { access, learnt } = accessTo(origin, { Ada: { apiKey: 'col_ada' } })
  const client = await ColonyClient.of(access, 'Ada')
  return { client, exchanges: () => exchanges, refuse: (token) => refused.add(token), learnt }
}

describe('tokens of The Colony', () => {
  // COL-032
  test('one exchange serves all calls', async () => {
    const { client, exchanges } = await colony()
    await client.me()
    await client.me()
    expect(exchanges()).to.equal(1)
  })

  // COL-007
  test('calls at once share one exchange', async () => {
    const { client, exchanges } = await colony()
    await Promise.all([client.me(), client.me(), client.me()])
    expect(exchanges()).to.equal(1)
  })

  // COL-003, COL-033, COL-034
  test('forgetting the token asks nothing; the next call exchanges', async () => {
    const { client, exchanges } = await colony()
    await client.me()
    client.tokens.forget()
    expect(client.tokens.isCached).to.equal(false)
    expect(exchanges()).to.equal(1)
    await client.me()
    expect(client.tokens.isCached).to.equal(true)
    expect(exchanges()).to.equal(2)
  })

  test('a token the service no longer takes is replaced once, and the call repeated', async () => {
    const { client, exchanges, refuse } = await colony()
    await client.me()
    refuse('token-1')
    expect((await client.me()).username).to.equal('ada')
    expect(exchanges()).to.equal(2)
  })

  // COL-217
  test('a throttled exchange is not repeated, but reported with how long to wait', async () => {
    const { client, exchanges } = await colony(true)
    const error = await client.me().catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(ApiError)
    expect((error as ApiError).failure).to.include({ status: 429, retryAfter: 3_600 })
    expect(exchanges()).to.equal(1)
  })

  test('every token is learnt as a secret', async () => {
    const { client, learnt } = await colony()
    await client.me()
    expect(learnt).to.deep.equal(['token-1'])
  })

  // COL-028
  test('the rate limit is read as integers or not at all', async () => {
    const { client } = await colony()
    await client.me()
    expect(client.rateLimit).to.deep.equal({ limit: 120, remaining: undefined, reset: undefined })
  })
})
