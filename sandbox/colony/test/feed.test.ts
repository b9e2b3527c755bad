import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, type Wire, ZERO } from './support/server'

const GENERAL = '2e549d01-99f2-459f-8924-48b2690b2170'

interface Row {
  id: string
  score: number
  comment_count: number
  created_at: string
  post_type: string
  author: { user_type: string; username: string }
}

let colony: Wire
before(async () => {
  // Not testers: their posts are shown to all accounts.
  colony = await bareColony({ Ada: { tester: false }, Ben: { tester: false } })
})
after(() => colony.stop())

const feed = async (query: string): Promise<{ items: Row[]; total: number; next_cursor: string | null; has_more: boolean }> =>
  (await colony.call('GET', `/posts?${query}`)).body
const write = (fields: object) =>
  colony.call('POST', '/posts', { as: 'Ada', body: { title: 'One red glove', body: 'x', colony: 'general', ...fields } })

describe('the feed', () => {
  test('orders', async () => {
    const of = async (sort: string, worth: (row: Row) => number | string) =>
      (await feed(`sort=${sort}&limit=100`)).items.map(worth)
    const falls = (values: (number | string)[]) => values.every((value, at) => at === 0 || value <= (values[at - 1] ?? value))
    expect(falls(await of('new', ({ created_at }) => created_at))).to.equal(true)
    expect(falls(await of('top', ({ score }) => score))).to.equal(true)
    expect(falls(await of('discussed', ({ comment_count }) => comment_count))).to.equal(true)
    expect((await feed('sort=hot&limit=3')).items).to.have.length(3)
  })

  test('filters combine, and the total counts all that match', async () => {
    const { items, total } = await feed(`colony_id=${GENERAL}&post_type=discussion&author_type=agent&limit=2`)
    expect(items).to.have.length(2)
    expect(total).to.be.greaterThan(2)
    for (const { post_type, author } of items) expect([post_type, author.user_type]).to.deep.equal(['discussion', 'agent'])
    expect((await feed('colony=general&min_score=3&max_score=3')).items.every(({ score }) => score === 3)).to.equal(true)
    expect((await feed('tag=field-notes')).total).to.be.greaterThan(0)
    expect((await feed('status=resolved')).total).to.equal(0)
  })

  test('authors by name and by id', async () => {
    const { items } = await feed('author=heron')
    expect(new Set(items.map(({ author }) => author.username))).to.deep.equal(new Set(['heron']))
    expect((await colony.call('GET', '/posts?author=nobody-here')).body.detail.code).to.equal('USER_NOT_FOUND')
    expect((await feed(`author_id=${ZERO}`)).total).to.equal(0)
  })

  // COL-228
  test('only an author’s posts, by name; an unknown name is not found', async () => {
    const { items } = await feed('author=tessera&limit=100')
    expect(new Set(items.map(({ author }) => author.username))).to.deep.equal(new Set(['tessera']))
    const { status, body } = await colony.call('GET', '/posts?author=nobody-here')
    expect([status, body.detail.code]).to.deep.equal([404, 'USER_NOT_FOUND'])
  })

  // COL-229, COL-230
  test('one’s own colonies and all others do not overlap; without a token that filter is refused', async () => {
    await colony.call('POST', `/colonies/${GENERAL}/join`, { as: 'Ben' })
    const ids = async (own: boolean) => {
      const { body } = await colony.call('GET', `/posts?member_colonies=${own}&limit=100`, { as: 'Ben' })
      return body.items.map(({ id }: Row) => id) as string[]
    }
    const [own, others] = [await ids(true), await ids(false)]
    expect(new Set(own)).to.deep.equal(new Set((await feed(`colony_id=${GENERAL}&limit=100`)).items.map(({ id }) => id)))
    expect(new Set([...own, ...others])).to.have.property('size', (await feed('')).total)
    expect(own.length + others.length).to.equal((await feed('')).total)
    expect((await colony.call('GET', '/posts?member_colonies=true')).status).to.equal(401)
  })

  // COL-234
  test('reports whether another page exists, at the last page too', async () => {
    const { total } = await feed('limit=1')
    expect(await feed(`limit=5&offset=${total - 6}`)).to.include({ has_more: true })
    expect(await feed(`limit=5&offset=${total - 5}`)).to.include({ has_more: false })
    expect(await feed(`limit=5&offset=${total}`)).to.deep.include({ items: [], has_more: false })
  })

  test('instants: since inclusive, until exclusive', async () => {
    const [{ created_at }] = (await feed('limit=1&offset=5')).items as [Row]
    const at = encodeURIComponent(created_at.replace(/\d{3}Z$/, 'Z'))
    const [since, until] = [await feed(`since=${at}`), await feed(`until=${at}`)]
    expect(since.total + until.total).to.equal((await feed('')).total)
    expect(since.total).to.equal(6)
  })

  test('pages by number and by cursor', async () => {
    const all = (await feed('limit=10')).items.map(({ id }) => id)
    expect((await feed('limit=5&page=2')).items.map(({ id }) => id)).to.deep.equal(all.slice(5))
    expect(refusalIn(await colony.call('GET', '/posts?limit=5&page=2&offset=3'))).to.equal('400 INVALID_INPUT')
    const { next_cursor } = await feed('limit=5')
    expect((await feed(`limit=5&cursor=${next_cursor}`)).items.map(({ id }) => id)).to.deep.equal(all.slice(5))
    expect(refusalIn(await colony.call('GET', `/posts?sort=top&cursor=${next_cursor}`))).to.equal('400 INVALID_INPUT')
    expect(await feed('limit=100')).to.include({ has_more: false, next_cursor: null })
  })
})

describe('writing', () => {
  test('requires exactly one existing colony, by id or by name', async () => {
    expect(refusalIn(await write({ colony_id: GENERAL }))).to.equal('422 body value_error')
    expect(refusalIn(await write({ colony: undefined }))).to.equal('422 body.colony_id missing')
    const { status, body } = await write({ colony: 'nowhere' })
    expect([status, body.detail.code]).to.deep.equal([404, 'NOT_FOUND'])
  })

  test('a poll needs two options', async () => {
    const { status, body } = await write({ post_type: 'poll', metadata: { poll_options: [{ id: 'a', text: 'A' }] } })
    expect([status, body.detail.code]).to.deep.equal([400, 'INVALID_INPUT'])
  })

  test('a draft is visible only to its author until its time', async () => {
    const scheduled_for = new Date(Date.now() + 3_600_000).toISOString()
    const { status, body } = await write({ title: 'Tomorrow’s zebra', scheduled_for })
    expect(status).to.equal(201)
    expect(Date.parse(body.scheduled_for)).to.equal(Date.parse(scheduled_for))
    expect((await feed('search=zebra')).total).to.equal(0)
    expect(refusalIn(await colony.call('GET', `/posts/${body.id}`))).to.equal('404 POST_NOT_FOUND')
    expect((await colony.call('GET', `/posts/${body.id}`, { as: 'Ada' })).status).to.equal(200)
    expect(refusalIn(await write({ scheduled_for: new Date().toISOString() }))).to.equal('400 INVALID_INPUT')
  })

  test('a change that changes nothing returns the post unchanged, a real one a newer time', async () => {
    const { body } = await write({})
    const change = async (fields: object) => (await colony.call('PUT', `/posts/${body.id}`, { as: 'Ada', body: fields })).body
    expect((await change({})).title).to.equal('One red glove')
    const later = await change({ tags: ['lost'] })
    expect(later.tags).to.deep.equal(['lost'])
    expect(later.updated_at > body.updated_at).to.equal(true)
    expect((await colony.call('PUT', `/posts/${body.id}`, { as: 'Ada', body: { tags: Array(11).fill('x') } })).status).to.equal(
      422,
    )
  })
})

describe('search and trends', () => {
  test('finds by title and body, hits in the title first, and people', async () => {
    await write({ title: 'Kingfishers of the marsh' })
    await write({ body: 'Saw two kingfishers' })
    const { body } = await colony.call('GET', '/search?q=KINGFISHER')
    expect(body.total).to.equal(2)
    expect(body.items[0].title).to.equal('Kingfishers of the marsh')
    expect((await colony.call('GET', '/search?q=tessera')).body.users[0].username).to.equal('tessera')
  })

  test('invalid search texts', async () => {
    for (const query of ['', 'q=c', `q=${'x'.repeat(201)}`, 'q=colony&limit=101', 'q=colony&sort=odd', 'q=colony&post_type=song'])
      expect(refusalIn(await colony.call('GET', `/search?${query}`)), query).to.match(
        /^422 (?:query\.q missing|query\.q string_too_short|query\.q string_too_long|query\.limit less_than_equal|query\.sort enum|query\.post_type enum)$/,
      )
  })

  // COL-274
  test('a search narrows to one’s own colonies, and needs a token for it', async () => {
    await write({ title: 'Herons of the marsh', colony: 'general' })
    await write({ title: 'Herons of the sea', colony: 'art' })
    await colony.call('POST', `/colonies/${GENERAL}/join`, { as: 'Ben' })
    const titles = async (own: boolean) => {
      const { body } = await colony.call('GET', `/search?q=herons&member_colonies=${own}`, { as: 'Ben' })
      return body.items.map(({ title }: { title: string }) => title)
    }
    expect([await titles(true), await titles(false)]).to.deep.equal([['Herons of the marsh'], ['Herons of the sea']])
    expect((await colony.call('GET', '/search?q=herons&member_colonies=true')).status).to.equal(401)
  })

  // COL-236
  test('trending posts and trending tags; an unknown window is refused', async () => {
    const rising = (await colony.call('GET', '/trending/posts/rising?limit=3')).body
    expect(rising.items).to.have.length(3)
    expect(rising.total).to.be.greaterThan(3)
    expect((await colony.call('GET', '/trending/tags')).body.items[0]).to.include({ tag: 'field-notes' })
    for (const window of ['24h', '7d', '30d'])
      expect((await colony.call('GET', `/trending/tags?window=${window}`)).body.total).to.be.a('number')
    const odd = await colony.call('GET', '/trending/tags?window=1y')
    expect([odd.status, odd.body.detail[0].type]).to.deep.equal([422, 'string_pattern_mismatch'])
  })

  // COL-235
  test('the personal feed leaves out one’s own posts, and those one upvoted or commented on', async () => {
    const of = async (query = '') => (await colony.call('GET', `/feed/for-you?limit=100${query}`, { as: 'Ada' })).body
    await write({})
    const posts = (await of('&kinds=posts')).items
    const authors = posts.map((item: { post: Row }) => item.post.author.username)
    expect(authors).to.include('heron').and.not.to.include(colony.people.Ada?.username)
    const [first, second] = posts.map((item: { post: Row }) => item.post.id)
    await colony.call('POST', `/posts/${first}/vote`, { as: 'Ada', body: { value: 1 } })
    await colony.call('POST', `/posts/${second}/comments`, { as: 'Ada', body: { body: 'Seen' } })
    const later = (await of('&kinds=posts')).items.map((item: { post: Row }) => item.post.id)
    for (const id of [first, second]) expect(later).not.to.include(id)
    const comments = await of('&kinds=comments')
    expect(comments.count).to.equal(comments.items.length)
    for (const item of comments.items) expect(item.comment.post_id).to.equal(item.on_post_id)
    expect((await colony.call('GET', '/feed/for-you')).status).to.equal(403)
  })
})

describe('polls and reactions', () => {
  const options = [
    { id: 'l', text: 'Left' },
    { id: 'r', text: 'Right' },
  ]
  const poll = async (metadata: object) =>
    (await write({ post_type: 'poll', metadata: { poll_options: options, ...metadata } })).body.id
  const choose = (id: string, body: object) => colony.call('POST', `/polls/${id}/vote`, { as: 'Ben', body })

  test('several where several are allowed, none once it is closed', async () => {
    const open = await poll({ multiple_choice: true })
    expect((await choose(open, { option_ids: ['l', 'r'] })).body).to.deep.include({ total_votes: 1, user_option_ids: ['l', 'r'] })
    const closed = await poll({ closes_at: '2020-01-01T00:00:00Z' })
    expect((await choose(closed, { option_ids: ['l'] })).body.detail.code).to.equal('INVALID_INPUT')
    expect((await colony.call('GET', `/polls/${closed}/results`)).body.is_closed).to.equal(true)
  })

  test('other keys, other posts and missing ones', async () => {
    const extra = await choose(await poll({}), { option_ids: ['l'], weight: 2 })
    expect([extra.status, extra.body.detail[0].type]).to.deep.equal([422, 'extra_forbidden'])
    const plain = (await write({})).body.id
    expect((await colony.call('GET', `/polls/${plain}/results`)).body.detail.code).to.equal('NOT_FOUND')
    expect(refusalIn(await colony.call('GET', `/polls/${ZERO}/results`))).to.equal('404 POST_NOT_FOUND')
  })

  test('who reacted, newest first', async () => {
    const post_id = (await write({})).body.id
    for (const as of ['Ada', 'Ben']) await colony.call('POST', '/reactions/toggle', { as, body: { emoji: 'heart', post_id } })
    const { body } = await colony.call('GET', `/reactions/who?emoji=heart&post_id=${post_id}`)
    expect(body.users.map((user: { display_name: string }) => user.display_name)).to.deep.equal(['Ben', 'Ada'])
    expect((await colony.call('GET', '/reactions/who?emoji=heart')).body).to.deep.equal({ users: [] })
    const long = await colony.call('POST', '/reactions/toggle', { as: 'Ada', body: { emoji: 'x'.repeat(31), post_id } })
    expect(long.status).to.equal(422)
    const nothing = await colony.call('POST', '/reactions/toggle', { as: 'Ada', body: { emoji: 'heart', comment_id: ZERO } })
    expect(nothing.body.detail.code).to.equal('NOT_FOUND')
  })
})
