import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, type Wire } from '../../support/colony'

const ZERO = '00000000-0000-0000-0000-000000000000'

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

describe('what every answer has', () => {
  test('budget and request id stand on successes, refusals and unknown routes alike', async () => {
    for (const [method, path] of [
      ['GET', '/posts'],
      ['GET', '/users/me'],
      ['GET', `/posts/${ZERO}`],
      ['GET', '/nowhere'],
      ['DELETE', '/posts'],
    ] as const) {
      const { headers } = await colony.call(method, path)
      expect(headers.get('x-request-id'), path).to.match(/^req_[0-9a-f]{32}$/)
      for (const name of ['limit', 'remaining', 'reset']) expect(headers.get(`x-ratelimit-${name}`), path).to.match(/^\d+$/)
    }
  })

  test('within a minute what remains never grows', async () => {
    const remaining = async () =>
      Number((await colony.call('GET', '/users/me', { as: 'Ben' })).headers.get('x-ratelimit-remaining'))
    const first = await remaining()
    expect(await remaining()).to.be.at.most(first)
  })

  test('a known path without the method says which it has', async () => {
    const { status, headers, body } = await colony.call('PATCH', `/posts/${ZERO}`)
    expect([status, body]).to.deep.equal([405, { detail: 'Method Not Allowed' }])
    expect(headers.get('allow')?.split(', ')).to.have.members(['GET', 'PUT', 'DELETE'])
  })
})

describe('what is taken', () => {
  test('writes without a body need none, with or without a content type', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const { status } = await colony.call('POST', '/notifications/read-all', { as: 'Ada', headers })
      expect(status).to.equal(204)
    }
  })

  test('malformed JSON is told after credentials', async () => {
    const send = (authorization: Record<string, string>) =>
      fetch(`${colony.address}/posts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        body: '{"title": ',
      })
    expect((await send({})).status).to.equal(403)
    const told = await send({ authorization: `Bearer ${colony.tokens.Ada}` })
    const { detail } = (await told.json()) as { detail: { type: string; loc: unknown[] }[] }
    expect([told.status, detail[0]?.type, detail[0]?.loc[0]]).to.deep.equal([422, 'json_invalid', 'body'])
  })

  test('a body that is no object is refused', async () => {
    const { status, body } = await colony.call('POST', '/posts', { as: 'Ada', body: ['title'] })
    expect([status, body.detail[0].loc]).to.deep.equal([422, ['body']])
  })

  test('ids are taken in any case and of any version, and nothing else', async () => {
    const { body } = await colony.call('GET', '/posts?limit=1')
    const [{ id }] = body.items
    expect((await colony.call('GET', `/posts/${id.toUpperCase()}`)).body.id).to.equal(id)
    expect((await colony.call('GET', '/posts/11111111-1111-1111-1111-111111111111')).status).to.equal(404)
    const wrong = await colony.call('GET', '/posts/1')
    expect([wrong.status, wrong.body.detail[0].type]).to.deep.equal([422, 'uuid_parsing'])
  })

  test('truth values and instants in the forms that clients send', async () => {
    for (const word of ['true', 'True', '1', 'yes', 'false', 'False', '0'])
      expect((await colony.call('GET', `/notifications?unread_only=${word}`, { as: 'Ada' })).status, word).to.equal(200)
    expect((await colony.call('GET', '/notifications?unread_only=maybe', { as: 'Ada' })).status).to.equal(422)
    for (const time of ['2026-01-01', '2026-01-01T00:00:00', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00%2B02:00'])
      expect((await colony.call('GET', `/posts?since=${time}`)).status, time).to.equal(200)
    expect((await colony.call('GET', '/posts?since=yesterday')).status).to.equal(422)
  })

  test('of a parameter given twice the last counts', async () => {
    expect((await colony.call('GET', '/posts?limit=3&limit=2')).body.items).to.have.length(2)
  })
})
