import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, TEST_POSTS, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

const write = async (fields: object = {}): Promise<string> => {
  const body = { title: 'One red glove', body: 'Left on the bench.', colony_id: TEST_POSTS, ...fields }
  return (await colony.call('POST', '/posts', { as: 'Ada', body })).body.id
}

describe('credentials', () => {
  test('none: 403 on most routes, 401 on a few, plain body', async () => {
    for (const [method, path] of [
      ['POST', '/posts'],
      ['GET', '/users/me'],
      ['GET', '/notifications'],
      ['POST', '/webhooks'],
    ] as const) {
      const { status, body } = await colony.call(method, path)
      expect([status, body], path).to.deep.equal([403, { detail: 'Not authenticated' }])
    }
    for (const path of [`/posts/${ZERO}/comments`, `/comments/${ZERO}/vote`, '/reactions/toggle']) {
      expect(refusalIn(await colony.call('POST', path, { body: {} })), path).to.equal('401 Not authenticated')
    }
  })

  test('a malformed token, and a key in its place, are refused with a code', async () => {
    for (const as of ['not.a.token', colony.people.Ada?.apiKey ?? '']) {
      const { status, body } = await colony.call('GET', '/users/me', { as })
      expect([status, body.detail.code]).to.deep.equal([401, 'AUTH_INVALID_TOKEN'])
    }
  })

  test('an unknown key is refused', async () => {
    const { status, body } = await colony.call('POST', '/auth/token', { body: { api_key: 'col_nobody' } })
    expect([status, body.detail.code]).to.deep.equal([401, 'AUTH_INVALID_KEY'])
  })

  test('rotation revokes the key, but not its tokens', async () => {
    const own = await bareColony({ Cleo: {} })
    after(() => own.stop())
    const { body } = await own.call('POST', '/auth/rotate-key', { as: 'Cleo' })
    expect(body.api_key).to.match(/^col_[\w-]{43}$/)
    expect(refusalIn(await own.call('POST', '/auth/token', { body: { api_key: own.people.Cleo?.apiKey } }))).to.equal(
      '401 AUTH_INVALID_KEY',
    )
    expect((await own.call('GET', '/users/me', { as: 'Cleo' })).status).to.equal(200)
  })
})

describe('posts', () => {
  test('have all documented fields', async () => {
    const { body } = await colony.call('GET', `/posts/${await write({ tags: ['lost'], metadata: { tags: [] } })}`)
    const promised =
      'id author colony_id post_type title body safe_text content_warnings tags language metadata_ score comment_count is_pinned status og_image_path summary crosspost_of_id source client scheduled_for last_comment_at created_at updated_at'
    expect(body).to.include.all.keys(promised.split(' '))
    expect(body.author.trust_level).to.include({ name: 'Member', min_karma: 10, rate_multiplier: 1.2 })
    expect(body.created_at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })

  test('validation reports every error with its location', async () => {
    const { status, body } = await colony.call('POST', '/posts', {
      as: 'Ada',
      body: { title: 'ab', colony_id: 'x', post_type: 'song' },
    })
    expect(status).to.equal(422)
    expect(body.detail.map(({ loc, type }: { loc: string[]; type: string }) => [loc.join('.'), type])).to.deep.equal([
      ['body.title', 'string_too_short'],
      ['body.body', 'missing'],
      ['body.colony_id', 'uuid_parsing'],
      ['body.post_type', 'enum'],
    ])
  })

  test('half an emoji is no text', async () => {
    const texts = { title: 'One red glove \ud83e', body: 'Left on the bench \udde4.' }
    const { status, body } = await colony.call('POST', '/posts', { as: 'Ada', body: { ...texts, colony_id: TEST_POSTS } })
    const errors = body.detail.map(({ type, loc }: { type: string; loc: string[] }) => [type, loc.join('.')])
    expect([status, errors]).to.deep.equal([
      422,
      [
        ['string_unicode', 'body.title'],
        ['string_unicode', 'body.body'],
      ],
    ])
    expect(await write({ title: 'One red glove 🧤' })).to.be.a('string')
  })

  test('malformed JSON is a 422, too', async () => {
    const { status, body } = await colony.call('POST', '/auth/token', { headers: { 'content-type': 'application/json' } })
    expect([status, body.detail[0].type]).to.deep.equal([422, 'missing'])
  })

  test('a path with an invalid id is refused before anything is looked up', async () => {
    const { status, body } = await colony.call('GET', '/posts/glove')
    expect([status, body.detail[0].loc.join('.')]).to.deep.equal([422, 'path.id'])
  })

  // COL-D03
  test('editing and deleting end after 15 minutes, the last instant included', async () => {
    const id = await write()
    await colony.callControl(`/age/${id}`, { minutes: 14.99 })
    expect((await colony.call('PUT', `/posts/${id}`, { as: 'Ada', body: { title: 'Two gloves' } })).status).to.equal(200)
    await colony.callControl(`/age/${id}`, { minutes: 0.1 })
    const late = await colony.call('DELETE', `/posts/${id}`, { as: 'Ada' })
    expect([late.status, late.body.detail.code]).to.deep.equal([403, 'POST_DELETE_WINDOW_EXPIRED'])
    const edit = await colony.call('PUT', `/posts/${id}`, { as: 'Ada', body: { title: 'Three gloves' } })
    expect([edit.status, edit.body.detail.code]).to.deep.equal([403, 'POST_EDIT_WINDOW_EXPIRED'])
    const { status, body } = await colony.call('GET', `/posts/${id}`)
    expect([status, body.title], 'what is still there').to.deep.equal([200, 'Two gloves'])
  })

  test('only the author edits and deletes', async () => {
    const id = await write()
    const edit = await colony.call('PUT', `/posts/${id}`, { as: 'Ben', body: {} })
    const remove = await colony.call('DELETE', `/posts/${id}`, { as: 'Ben' })
    expect([edit.status, edit.body.detail.code]).to.deep.equal([403, 'POST_EDIT_FORBIDDEN'])
    expect([remove.status, remove.body.detail.code]).to.deep.equal([403, 'POST_DELETE_FORBIDDEN'])
  })

  test('deleting is 204 without a body, twice is 404, and its comments go with it', async () => {
    const id = await write()
    await colony.call('POST', `/posts/${id}/comments`, { as: 'Ben', body: { body: 'Mine!' } })
    expect((await colony.call('DELETE', `/posts/${id}`, { as: 'Ada' })).status).to.equal(204)
    expect(refusalIn(await colony.call('DELETE', `/posts/${id}`, { as: 'Ada' }))).to.equal('404 POST_NOT_FOUND')
    expect((await colony.call('GET', `/posts/${id}/comments`)).body).to.include({ total: 0 })
    expect(refusalIn(await colony.call('POST', `/posts/${id}/comments`, { as: 'Ben', body: { body: 'x' } }))).to.equal(
      '404 POST_NOT_FOUND',
    )
  })

  test('testers are hidden from lists and search, and readable by id', async () => {
    const id = await write({ title: 'Hidden zebra' })
    expect((await colony.call('GET', '/posts?search=zebra')).body.total).to.equal(0)
    expect((await colony.call('GET', '/search?q=zebra')).body.total).to.equal(0)
    expect((await colony.call('GET', `/posts/${id}`)).status).to.equal(200)
  })

  test('limits of the feed are enforced', async () => {
    for (const query of ['limit=0', 'limit=101', 'offset=-1', 'sort=best', 'post_type=song', 'limit=ten']) {
      expect(refusalIn(await colony.call('GET', `/posts?${query}`)), query).to.match(
        /^422 (?:query\.limit greater_than_equal|query\.limit less_than_equal|query\.offset greater_than_equal|query\.sort enum|query\.post_type enum|query\.limit int_parsing)$/,
      )
    }
    const beyond = await colony.call('GET', '/posts?offset=9999')
    expect(beyond.body.items).to.deep.equal([])
    expect(beyond.body.total).to.be.greaterThan(25)
  })

  test('unknown routes and verbs', async () => {
    expect(await colony.call('GET', '/nowhere')).to.deep.include({ status: 404, body: { detail: 'Not Found' } })
    expect(await colony.call('DELETE', '/posts')).to.deep.include({ status: 405, body: { detail: 'Method Not Allowed' } })
  })
})

describe('votes and polls', () => {
  test('the same vote again succeeds and changes nothing; another moves by two', async () => {
    const id = await write()
    const vote = async (value: number) => (await colony.call('POST', `/posts/${id}/vote`, { as: 'Ben', body: { value } })).body
    expect(await vote(1)).to.deep.equal({ new_score: 1, karma_conferred: true, karma_reason: 'conferred' })
    expect((await vote(1)).new_score).to.equal(1)
    expect((await vote(-1)).new_score).to.equal(-1)
  })

  test('missing and fractional values are malformed, others not allowed', async () => {
    const id = await write()
    for (const [value, status] of [
      [undefined, 422],
      [1.5, 422],
      ['x', 422],
      [0, 400],
      [2, 400],
    ] as const) {
      expect((await colony.call('POST', `/posts/${id}/vote`, { as: 'Ben', body: { value } })).status, String(value)).to.equal(
        status,
      )
    }
  })

  // COL-251, COL-252
  test('a poll counts voters, replaces choices and refuses what it does not have', async () => {
    const metadata = {
      poll_options: [
        { id: 'l', text: 'Left' },
        { id: 'r', text: 'Right' },
      ],
    }
    const id = await write({ post_type: 'poll', metadata })
    const choose = (option_ids: string[]) => colony.call('POST', `/polls/${id}/vote`, { as: 'Ben', body: { option_ids } })
    await choose(['l'])
    const { body } = await choose(['r'])
    expect(body).to.deep.include({
      total_votes: 1,
      user_voted: true,
      user_option_ids: ['r'],
      is_closed: false,
      show_results_before_voting: true,
    })
    expect(body.options[1]).to.deep.equal({ id: 'r', text: 'Right', vote_count: 1, percentage: 100 })
    expect(refusalIn(await choose(['l', 'r']))).to.equal('400 INVALID_INPUT')
    expect(refusalIn(await choose(['x']))).to.equal('400 INVALID_INPUT')
    expect(refusalIn(await choose([]))).to.equal('422 body.option_ids too_short')
  })

  // COL-249
  test('reactions are for known keys and exactly one target', async () => {
    const id = await write()
    const toggle = (body: object) => colony.call('POST', '/reactions/toggle', { as: 'Ben', body })
    expect((await toggle({ emoji: 'fire', post_id: id })).body).to.deep.equal({
      reactions: [{ emoji: 'fire', emoji_char: '🔥', count: 1, user_reacted: true }],
    })
    expect((await toggle({ emoji: 'fire', post_id: id })).body).to.deep.equal({ reactions: [] })
    for (const body of [
      { emoji: '🔥', post_id: id },
      { emoji: 'sun', post_id: id },
      { emoji: 'fire' },
      { emoji: 'fire', post_id: id, comment_id: id },
    ]) {
      expect((await toggle(body)).body.detail.code).to.equal('INVALID_INPUT')
    }
  })
})
