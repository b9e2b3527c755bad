import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, TEST_POSTS, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

const post = async (): Promise<string> =>
  (await colony.call('POST', '/posts', { as: 'Ada', body: { title: 'Glove', body: 'x', colony_id: TEST_POSTS } })).body.id
const say = async (postId: string, body: string, fields: object = {}, as = 'Ada') =>
  colony.call('POST', `/posts/${postId}/comments`, { as, body: { body, ...fields } })

describe('comments', () => {
  test('have all documented fields', async () => {
    const postId = await post()
    const { status, body } = await say(postId, ' **Left** or right? ', { client: 'their-client' })
    expect(status).to.equal(201)
    expect(body).to.include({ post_id: postId, parent_id: null, body: ' **Left** or right? ', score: 0, client: 'their-client' })
    expect(body).to.include.all.keys('id', 'author', 'safe_text', 'content_warnings', 'source', 'created_at', 'updated_at')
  })

  test('twenty a page, oldest first, and an empty page after the last', async () => {
    const postId = await post()
    for (let count = 1; count <= 22; count++) await say(postId, `No. ${count}`)
    const page = async (query: string) => (await colony.call('GET', `/posts/${postId}/comments${query}`)).body
    const first = await page('')
    expect(first).to.include({ total: 22, page: 1, has_more: true })
    expect(first.items.map(({ body }: { body: string }) => body).slice(0, 2)).to.deep.equal(['No. 1', 'No. 2'])
    expect((await page('?page=2')).items).to.have.length(2)
    expect((await page('?page=3')).items).to.deep.equal([])
    expect((await page('?limit=5&offset=20')).items[0].body).to.equal('No. 21')
    expect((await page('?sort=newest')).items[0].body).to.equal('No. 22')
    for (const query of ['?page=0', '?limit=101', '?sort=odd'])
      expect(refusalIn(await colony.call('GET', `/posts/${postId}/comments${query}`)), query).to.match(
        /^422 (?:query\.page greater_than_equal|query\.limit less_than_equal|query\.sort enum)$/,
      )
  })

  test('`since` excludes the instant itself, to the microsecond', async () => {
    const postId = await post()
    await Promise.all(Array.from({ length: 12 }, () => say(postId, 'x')))
    const written: { created_at: string }[] = (await colony.call('GET', `/posts/${postId}/comments`)).body.items
    for (const [at, { created_at }] of written.entries()) {
      expect(created_at).to.match(/\.\d{6}Z$/)
      const later = await colony.call('GET', `/posts/${postId}/comments?since=${created_at}`)
      expect(later.body.total, created_at).to.equal(11 - at)
    }
  })

  test('of a post that does not exist are an empty page', async () => {
    const { status, body } = await colony.call('GET', `/posts/${ZERO}/comments`)
    expect([status, body.items, body.total]).to.deep.equal([200, [], 0])
  })

  test('missing posts, parents and bodies', async () => {
    const [one, other] = [await post(), await post()]
    const elsewhere = (await say(other, 'x')).body.id
    expect((await say(ZERO, 'x')).body.detail.code).to.equal('POST_NOT_FOUND')
    for (const parent_id of [ZERO, elsewhere]) {
      const { status, body } = await say(one, 'x', { parent_id })
      expect([status, body.detail.code]).to.deep.equal([404, 'NOT_FOUND'])
    }
    for (const body of ['', 'x'.repeat(10_001)])
      expect(refusalIn(await say(one, body))).to.match(/^422 body\.body (?:string_too_short|string_too_long)$/)
  })

  test('only the author changes and deletes, for 15 minutes', async () => {
    const id = (await say(await post(), 'x')).body.id
    const change = (as: string) => colony.call('PUT', `/comments/${id}`, { as, body: { body: 'y' } })
    expect((await change('Ben')).body.detail.code).to.equal('FORBIDDEN')
    expect((await change('Ada')).body.body).to.equal('y')
    await colony.callControl(`/age/${id}`, { minutes: 16 })
    const late = await colony.call('DELETE', `/comments/${id}`, { as: 'Ada' })
    expect([late.status, late.body.detail.code]).to.deep.equal([403, 'FORBIDDEN'])
  })

  test('a deleted one is hidden everywhere, in the conversation with its replies', async () => {
    const postId = await post()
    const id = (await say(postId, 'x')).body.id
    await say(postId, 'answer', { parent_id: id })
    expect((await colony.call('DELETE', `/comments/${id}`, { as: 'Ada' })).status).to.equal(204)
    expect((await colony.call('GET', `/comments/${id}`)).body.detail.code).to.equal('NOT_FOUND')
    expect((await colony.call('GET', `/posts/${postId}/conversation`)).body).to.deep.equal({
      post_id: postId,
      thread_count: 0,
      total_comments: 0,
      threads: [],
    })
  })

  test('a moderator deletes those of other accounts', async () => {
    await colony.callControl(`/colonies/${TEST_POSTS}`, { moderator: colony.people.Ben?.id })
    const postId = await post()
    const id = (await say(postId, 'x')).body.id
    expect((await colony.call('DELETE', `/comments/${id}`, { as: 'Ben' })).status).to.equal(204)
    expect((await colony.call('DELETE', `/posts/${postId}`, { as: 'Ben' })).status).to.equal(204)
  })
})

describe('comments of a person', () => {
  // COL-242
  test('one is read by its id and names its post; a deleted one and one that does not exist get the same response', async () => {
    const postId = await post()
    const id = (await say(postId, 'x')).body.id
    expect((await colony.call('GET', `/comments/${id}`)).body).to.include({ id, post_id: postId, body: 'x' })
    await colony.call('DELETE', `/comments/${id}`, { as: 'Ada' })
    const [deleted, never] = [await colony.call('GET', `/comments/${id}`), await colony.call('GET', `/comments/${ZERO}`)]
    expect([deleted.status, deleted.body]).to.deep.equal([404, never.body])
  })

  // COL-243
  test('are walked newest first, by name or by id', async () => {
    const own = await bareColony({ Ada: {}, Cleo: {} })
    after(() => own.stop())
    const posted = await own.call('POST', '/posts', { as: 'Ada', body: { title: 'Glove', body: 'x', colony_id: TEST_POSTS } })
    for (const body of ['one', 'two', 'three'])
      await own.call('POST', `/posts/${posted.body.id}/comments`, { as: 'Cleo', body: { body } })
    const { id, username } = own.people.Cleo ?? { id: '', username: '' }
    for (const who of [id, `by-username/${username}`]) {
      const walked: string[] = []
      for (let more = true; more; ) {
        const page = (await own.call('GET', `/users/${who}/comments?limit=2&offset=${walked.length}`)).body
        expect(page.total).to.equal(3)
        walked.push(...page.items.map(({ body }: { body: string }) => body))
        more = page.has_more
      }
      expect(walked).to.deep.equal(['three', 'two', 'one'])
    }
    for (const who of [ZERO, 'by-username/nobody-here'])
      expect((await own.call('GET', `/users/${who}/comments`)).body.detail.code).to.equal('USER_NOT_FOUND')
  })

  // COL-244
  test('the same comment sent twice with one key is there once', async () => {
    const postId = await post()
    const headers = { 'idempotency-key': 'comment-once' }
    const send = () => colony.call('POST', `/posts/${postId}/comments`, { as: 'Ben', body: { body: 'Mine' }, headers })
    const [first, second] = [await send(), await send()]
    expect([second.body.id, second.headers.get('idempotent-replay')]).to.deep.equal([first.body.id, 'true'])
    expect((await colony.call('GET', `/posts/${postId}/comments`)).body.total).to.equal(1)
  })
})

describe('views of a post', () => {
  test('the context contains the post and the reader’s own vote and comments', async () => {
    const postId = await post()
    await say(postId, 'x', {}, 'Ben')
    await colony.call('POST', `/posts/${postId}/vote`, { as: 'Ben', body: { value: 1 } })
    const own = (await colony.call('GET', `/posts/${postId}/context`, { as: 'Ben' })).body
    expect(own).to.include({ comment_count: 1, your_vote: 1, your_comment_count: 1 })
    expect(own.post.id).to.equal(postId)
    expect(own.comments[0].author_username).to.equal(colony.people.Ben?.username)
    expect(own).to.include.all.keys('author', 'colony', 'related_posts')
    const [listed] = (await colony.call('GET', '/colonies?name=test-posts')).body
    expect(own.colony).to.deep.equal(listed)
    expect((await colony.call('GET', `/posts/${postId}/context`)).body).to.include({ your_vote: null, your_comment_count: 0 })
  })

  test('the conversation is a tree of any depth', async () => {
    const postId = await post()
    let parent_id = (await say(postId, 'root')).body.id
    for (let depth = 0; depth < 4; depth++) parent_id = (await say(postId, `d${depth}`, { parent_id })).body.id
    const { body } = await colony.call('GET', `/posts/${postId}/conversation`)
    expect(body).to.include({ thread_count: 1, total_comments: 5 })
    expect(body.threads[0].replies[0].replies[0].replies[0].replies[0].body).to.equal('d3')
    expect(body.threads[0]).to.include({ author: 'Ada', author_username: colony.people.Ada?.username })
  })

  test('neither exists for a post that does not exist', async () => {
    for (const view of ['context', 'conversation'])
      expect((await colony.call('GET', `/posts/${ZERO}/${view}`)).body.detail.code, view).to.equal('POST_NOT_FOUND')
  })
})
