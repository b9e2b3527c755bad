import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, TEST_POSTS, type Wire, ZERO } from './support/server'

const DAY = 24 * 60

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

const write = async (fields: object = {}): Promise<string> => {
  const body = { title: 'One red glove', body: 'Left on the bench.', colony_id: TEST_POSTS, ...fields }
  return (await colony.call('POST', '/posts', { as: 'Ada', body })).body.id
}
const outcome = async (method: string, path: string, as: string, body?: object) => {
  const reply = await colony.call(method, path, { as, ...(body ? { body } : {}) })
  return [reply.status, reply.body.detail?.code]
}
const comment = (id: string, body = 'Mine') => colony.call('POST', `/posts/${id}/comments`, { as: 'Ada', body: { body } })

describe('tags of a post', () => {
  // COL-222
  test('are added to an untagged post of one’s own for seven days', async () => {
    const [early, late] = [await write(), await write()]
    await colony.callControl(`/age/${early}`, { minutes: 7 * DAY - 1 })
    const { body } = await colony.call('PUT', `/posts/${early}/tags`, { as: 'Ada', body: { tags: ['lost'] } })
    expect(body.tags).to.deep.equal(['lost'])
    expect((await colony.call('GET', `/posts/${early}`)).body.tags).to.deep.equal(['lost'])
    await colony.callControl(`/age/${late}`, { minutes: 7 * DAY + 1 })
    expect((await outcome('PUT', `/posts/${late}/tags`, 'Ada', { tags: ['lost'] }))[0]).to.equal(403)
    expect(await outcome('PUT', `/posts/${await write()}/tags`, 'Ben', { tags: ['lost'] })).to.deep.equal([
      403,
      'POST_EDIT_FORBIDDEN',
    ])
  })

  // COL-223
  test('a tagged post refuses the route for tags', async () => {
    const path = `/posts/${await write({ tags: ['lost'] })}/tags`
    expect(await outcome('PUT', path, 'Ada', { tags: ['found'] })).to.deep.equal([409, 'POST_ALREADY_TAGGED'])
  })

  // COL-224
  test('alone are accepted after the quarter of an hour; with an unchanged title they are refused', async () => {
    const id = await write()
    await colony.callControl(`/age/${id}`, { minutes: 16 })
    const both = await outcome('PUT', `/posts/${id}`, 'Ada', { title: 'One red glove', tags: ['lost'] })
    expect(both).to.deep.equal([403, 'POST_EDIT_WINDOW_EXPIRED'])
    expect((await outcome('PUT', `/posts/${id}`, 'Ada', { tags: ['lost'] }))[0]).to.equal(200)
  })
})

describe('what others do with a post', () => {
  // COL-237
  test('it is carried into another colony under another title, and names the original', async () => {
    const id = await write({ tags: ['lost'] })
    const body = { colony_id: 'findings', title: 'A glove, again' }
    const copied = await colony.call('POST', `/posts/${id}/crosspost`, { as: 'Ben', body })
    expect(copied.status).to.equal(201)
    expect(copied.body).to.include({ crosspost_of_id: id, title: 'A glove, again', colony_name: 'findings' })
    expect((await colony.call('GET', `/posts/${copied.body.id}`)).body).to.deep.equal(copied.body)
    expect(copied.body).to.deep.include({ body: 'Left on the bench.', tags: ['lost'] })
    expect(await outcome('POST', `/posts/${id}/crosspost`, 'Ben', { colony_id: 'nowhere' })).to.deep.equal([404, 'NOT_FOUND'])
  })

  // COL-238
  test('who watches it is notified of a new comment, and no longer after unwatching', async () => {
    const own = await bareColony({ Ada: {}, Ben: {}, Dan: {} })
    after(() => own.stop())
    const post = { title: 'Glove', body: 'x', colony_id: TEST_POSTS }
    const { id } = (await own.call('POST', '/posts', { as: 'Ada', body: post })).body
    const say = () => own.call('POST', `/posts/${id}/comments`, { as: 'Dan', body: { body: 'Mine' } })
    const received = async () => (await own.call('GET', '/notifications', { as: 'Ben' })).body
    expect((await own.call('POST', `/posts/${id}/watch`, { as: 'Ben' })).status).to.equal(201)
    const { body } = await say()
    const [first, ...others] = await received()
    expect(others).to.deep.equal([])
    expect(first).to.include({ post_id: id, comment_id: body.id })
    expect((await own.call('DELETE', `/posts/${id}/watch`, { as: 'Ben' })).status).to.equal(200)
    await say()
    expect(await received()).to.have.length(1)
  })

  // COL-239
  test('a bookmark is listed until it is removed, and once however often it is set', async () => {
    const id = await write()
    const listed = async () =>
      (await colony.call('GET', '/posts/bookmarks/list', { as: 'Ben' })).body.items.map((post: { id: string }) => post.id)
    for (let count = 0; count < 2; count++)
      expect((await colony.call('POST', `/posts/${id}/bookmark`, { as: 'Ben' })).status).to.equal(201)
    expect(await listed()).to.deep.equal([id])
    expect((await colony.call('GET', '/posts/bookmarks/list', { as: 'Ada' })).body.items).to.deep.equal([])
    expect((await colony.call('DELETE', `/posts/${id}/bookmark`, { as: 'Ben' })).status).to.equal(200)
    expect(await listed()).to.deep.equal([])
  })

  // COL-240
  test('only its author closes and reopens it, as often as they like', async () => {
    const id = await write()
    const closedAt = async (act: string) => (await colony.call('POST', `/posts/${id}/${act}`, { as: 'Ada' })).body.closed_at
    const first = await closedAt('close')
    expect(first).to.be.a('string')
    expect(await closedAt('close')).to.equal(first)
    for (const act of ['close', 'reopen']) expect((await outcome('POST', `/posts/${id}/${act}`, 'Ben'))[0]).to.equal(403)
    expect([await closedAt('reopen'), await closedAt('reopen')]).to.deep.equal([null, null])
  })

  // COL-241
  test('a report takes one of six reasons; a second open one is a conflict', async () => {
    const id = await write()
    const said = (await comment(id)).body.id
    const report = (fields: object) =>
      outcome('POST', '/reports', 'Ben', { target_type: 'post', target_id: id, reason: 'spam', ...fields })
    const { status, body } = await colony.call('POST', '/reports', {
      as: 'Ben',
      body: { target_type: 'comment', target_id: said, reason: 'other', custom_reason: 'Off key' },
    })
    expect([status, body.status]).to.deep.equal([201, 'pending'])
    expect(await report({ reason: 'I do not like it' })).to.have.property('0', 422)
    expect(await report({ target_type: 'user' })).to.have.property('0', 422)
    expect(await report({ target_id: ZERO })).to.deep.equal([404, 'POST_NOT_FOUND'])
    expect(await report({})).to.deep.equal([201, undefined])
    expect(await report({ reason: 'off_topic' })).to.deep.equal([409, 'CONFLICT'])
  })
})

// COL-247
test('a vote repeated with the same key counts once', async () => {
  const id = await write()
  const vote = () =>
    colony.call('POST', `/posts/${id}/vote`, { as: 'Ben', body: { value: 1 }, headers: { 'idempotency-key': 'vote-once' } })
  const [first, second] = [await vote(), await vote()]
  expect(second.headers.get('idempotent-replay')).to.equal('true')
  expect([first.body.new_score, (await colony.call('GET', `/posts/${id}`)).body.score]).to.deep.equal([1, 1])
})
