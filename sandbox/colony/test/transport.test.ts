import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony({ Ada: {}, Ben: {}, Low: { karma: -60 } })
})
after(() => colony.stop())

describe('every response', () => {
  test('has budget and request id, on success, refusal and unknown route alike', async () => {
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

  test('has a remainder that does not grow within a minute', async () => {
    const remaining = async () =>
      Number((await colony.call('GET', '/users/me', { as: 'Ben' })).headers.get('x-ratelimit-remaining'))
    const first = await remaining()
    expect(await remaining()).to.be.at.most(first)
  })

  test('the minute is the account’s, whichever of its tokens it shows', async () => {
    const api_key = colony.people.Ben?.apiKey
    const { access_token } = (await colony.call('POST', '/auth/token', { body: { api_key } })).body
    const standing = async (as: string) => (await colony.call('GET', '/limits/me', { as })).body.limits
    const current = async (as: string) =>
      (await standing(as)).find(({ action }: { action: string }) => action === 'request').current
    const before = await current('Ben')
    expect(before).to.be.greaterThan(0)
    expect(await current(access_token)).to.equal(before + 1)
    const actions = (await standing('Ben')).map(({ action }: { action: string }) => action)
    expect(actions, 'budgets of an address belong to no account').to.not.include.members(['token']).and.to.not.include('register')
  })

  // COL-231, COL-232
  test('deprecated names and values are accepted, and the response names their replacements', async () => {
    const deprecated = async (path: string) => {
      const { status, headers } = await colony.call('GET', path, { as: 'Ada' })
      expect(status, path).to.equal(200)
      return [headers.get('x-colony-deprecated-params'), headers.get('x-colony-deprecated-values')]
    }
    expect(await deprecated('/posts?sort=new&colony_name=general')).to.deep.equal(['colony_name=colony', 'sort:new=newest'])
    expect(await deprecated('/posts?search=colony')).to.deep.equal(['search=q', null])
    expect(await deprecated('/search?q=colony&colony_name=general')).to.deep.equal(['colony_name=colony', null])
    expect(await deprecated('/notifications?unread=true')).to.deep.equal(['unread=unread_only', null])
    expect(await deprecated('/posts?sort=newest&colony=general')).to.deep.equal([null, null])
    expect(await deprecated('/users/directory?sort=newest&unread=1')).to.deep.equal([null, null])
  })

  // COL-287
  test('lists are bare arrays, and many requests at once get the responses that they get one by one', async () => {
    await colony.call('POST', `/messages/send/${colony.people.Ben?.username}`, { as: 'Ada', body: { body: 'Yours?' } })
    const paths = [
      '/colonies',
      '/messages/conversations',
      '/notifications',
      '/webhooks',
      `/users/${colony.people.Ada?.id}/followers`,
    ]
    const ask = async (path: string) => (await colony.call('GET', path, { as: 'Ada' })).body
    const apart: unknown[] = []
    for (const path of paths) apart.push(await ask(path))
    for (const one of apart) expect(one).to.be.an('array')
    expect(await Promise.all(paths.map(ask))).to.deep.equal(apart)
  })

  test('a known path without the method lists its methods', async () => {
    const { status, headers, body } = await colony.call('PATCH', `/posts/${ZERO}`)
    expect([status, body]).to.deep.equal([405, { detail: 'Method Not Allowed' }])
    expect(headers.get('allow')?.split(', ')).to.have.members(['GET', 'PUT', 'DELETE'])
  })
})

describe('requests', () => {
  test('writes without a body need none, with or without a content type', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const { status } = await colony.call('POST', '/notifications/read-all', { as: 'Ada', headers })
      expect(status).to.equal(204)
    }
  })

  test('malformed JSON is reported after credentials', async () => {
    const send = (authorization: Record<string, string>) =>
      fetch(`${colony.address}/posts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        body: '{"title": ',
      })
    expect((await send({})).status).to.equal(403)
    const response = await send({ authorization: `Bearer ${colony.tokens.Ada}` })
    const { detail } = (await response.json()) as { detail: { type: string; loc: unknown[] }[] }
    expect([response.status, detail[0]?.type, detail[0]?.loc[0]]).to.deep.equal([422, 'json_invalid', 'body'])
  })

  test('path, query and body are validated, in this order, before anything is looked for or compared', async () => {
    const unordered: [method: string, path: string, body: object | undefined, refusal: string][] = [
      ['PATCH', `/messages/${ZERO}`, {}, '422 body.body missing'],
      ['POST', '/auth/email', {}, '422 body.email missing'],
      ['PUT', '/webhooks/x', { url: '' }, '422 path.id uuid_parsing'],
      ['POST', '/posts/x/crosspost', {}, '422 path.id uuid_parsing'],
      ['GET', '/users/by-username/no-such-agent/comments?limit=0', undefined, '422 query.limit greater_than_equal'],
      ['GET', `/users/${ZERO}/followers?limit=0`, undefined, '422 query.limit greater_than_equal'],
    ]
    for (const [method, path, body, refusal] of unordered)
      expect(refusalIn(await colony.call(method, path, { as: 'Low', body })), path).to.equal(refusal)
  })

  test('a body is JSON by its content type, or without one', async () => {
    const body = JSON.stringify({ title: 'Glove', body: 'x', colony: 'test-posts' })
    const send = async (type: Record<string, string>) => {
      const headers = { authorization: `Bearer ${colony.tokens.Ada}`, ...type }
      return (await fetch(`${colony.address}/posts`, { method: 'POST', headers, body: new TextEncoder().encode(body) })).status
    }
    expect(await send({})).to.equal(201)
    for (const type of ['application/json; charset=utf-8', 'application/vnd.api+json'])
      expect(await send({ 'content-type': type }), type).to.equal(201)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'odd'])
      expect(await send({ 'content-type': type }), type).to.equal(422)
  })

  test('without a body the body is what is missing, and not its fields', async () => {
    const missing = [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }]
    expect((await colony.call('POST', '/posts', { as: 'Ada' })).body.detail).to.deep.equal(missing)
    expect((await colony.call('POST', '/posts', { as: 'Ada', body: null })).body.detail).to.deep.equal(missing)
  })

  test('the error of an invalid number depends on its kind', async () => {
    const typeOf = async (value: unknown) =>
      (await colony.call('POST', `/posts/${ZERO}/vote`, { as: 'Ada', body: { value } })).body.detail[0].type
    expect(await typeOf(1.5)).to.equal('int_from_float')
    for (const value of [true, null, []]) expect(await typeOf(value), JSON.stringify(value)).to.equal('int_type')
    expect(await typeOf('one')).to.equal('int_parsing')
    const score = await colony.call('GET', '/posts?min_score=many')
    expect(score.body.detail[0].type).to.equal('int_parsing')
  })

  test('a body that is not an object is refused', async () => {
    const { status, body } = await colony.call('POST', '/posts', { as: 'Ada', body: ['title'] })
    expect([status, body.detail[0].loc]).to.deep.equal([422, ['body']])
  })

  test('ids are accepted in any case and of any version, and nothing else', async () => {
    const { body } = await colony.call('GET', '/posts?limit=1')
    const [{ id }] = body.items
    for (const form of [id.toUpperCase(), id.replaceAll('-', ''), `urn:uuid:${id}`, `%7B${id}%7D`])
      expect((await colony.call('GET', `/posts/${form}`)).body.id, form).to.equal(id)
    expect(refusalIn(await colony.call('GET', '/posts/11111111-1111-1111-1111-111111111111'))).to.equal('404 POST_NOT_FOUND')
    const wrong = await colony.call('GET', '/posts/1')
    expect([wrong.status, wrong.body.detail[0].type]).to.deep.equal([422, 'uuid_parsing'])
  })

  test('accounts are found by their id in any case, wherever an id is accepted', async () => {
    const id = colony.people.Ben?.id.toUpperCase()
    expect((await colony.call('GET', `/users/${id}`)).body.username).to.equal(colony.people.Ben?.username)
    expect((await colony.call('POST', `/messages/send/${id}`, { as: 'Ada', body: { body: 'x' } })).status).to.equal(201)
    const [{ author }] = (await colony.call('GET', '/posts?limit=1')).body.items
    expect((await colony.call('GET', `/posts?author_id=${author.id.toUpperCase()}`)).body.total).to.be.greaterThan(0)
  })

  test('names of any length and paths that cannot be decoded are not found', async () => {
    const long = 'x'.repeat(1_000)
    expect((await colony.call('GET', `/users/${long}`)).body.detail.code).to.equal('USER_NOT_FOUND')
    const send = await colony.call('POST', `/messages/send/${long}`, { as: 'Ada', body: { body: 'x' } })
    expect(send.body.detail.code).to.equal('USER_NOT_FOUND')
    for (const odd of ['%zz', '%', '%ff']) {
      const { status, headers, body } = await colony.call('GET', `/users/${odd}`)
      expect([status, body.detail.code], odd).to.deep.equal([404, 'USER_NOT_FOUND'])
      expect(headers.get('x-request-id')).to.match(/^req_/)
      expect(refusalIn(await colony.call('GET', `/posts/${odd}`)), odd).to.equal('422 path.id uuid_parsing')
    }
  })

  test('a slash at the end of a path changes nothing', async () => {
    expect((await colony.call('GET', '/posts/?limit=1')).body.items).to.have.length(1)
    expect(refusalIn(await colony.call('DELETE', '/posts/'))).to.equal('405 Method Not Allowed')
  })

  test('truth values and instants in the forms that clients send', async () => {
    for (const word of ['true', 'True', '1', 'yes', 'false', 'False', '0'])
      expect((await colony.call('GET', `/notifications?unread_only=${word}`, { as: 'Ada' })).status, word).to.equal(200)
    expect(refusalIn(await colony.call('GET', '/notifications?unread_only=maybe', { as: 'Ada' }))).to.equal(
      '422 query.unread_only bool_parsing',
    )
    for (const time of ['2026-01-01', '2026-01-01T00:00:00', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00%2B02:00'])
      expect((await colony.call('GET', `/posts?since=${time}`)).status, time).to.equal(200)
    expect(refusalIn(await colony.call('GET', '/posts?since=yesterday'))).to.equal('422 query.since datetime_from_date_parsing')
  })

  test('if a parameter is repeated, the last value counts', async () => {
    expect((await colony.call('GET', '/posts?limit=3&limit=2')).body.items).to.have.length(2)
  })
})
