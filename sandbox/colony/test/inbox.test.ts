import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, TEST_POSTS, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony({ Ada: {}, Ben: {}, Cleo: { karma: 4 }, Dan: {} })
})
after(() => colony.stop())

const name = (who: string): string => colony.people[who]?.username ?? ''
const write = (as: string, to: string, body: object) => colony.call('POST', `/messages/send/${to}`, { as, body })

describe('direct messages', () => {
  test('are visible to both sides; reading marks received ones as read, sending marks none', async () => {
    const sent = await write('Ada', name('Ben').toUpperCase(), { body: 'Yours?' })
    expect(sent.status).to.equal(201)
    expect(sent.body).to.include({ body: 'Yours?', is_read: false, read_at: null, edited_at: null })
    expect(sent.body).to.include.all.keys('id', 'conversation_id', 'sender', 'reactions', 'created_at')
    const unread = async (as: string) => (await colony.call('GET', '/messages/unread-count', { as })).body.unread_count
    expect([await unread('Ben'), await unread('Ada')]).to.deep.equal([1, 0])
    const seen = (await colony.call('GET', `/messages/conversations/${name('Ada')}`, { as: 'Ben' })).body
    expect(seen.id).to.equal(sent.body.conversation_id)
    expect(seen.messages.map(({ body }: { body: string }) => body)).to.deep.equal(['Yours?'])
    expect(await unread('Ben')).to.equal(0)
    expect((await colony.call('GET', `/messages/conversations/${name('Ben')}`, { as: 'Ada' })).body.messages[0].is_read).to.equal(
      true,
    )
  })

  test('conversations are a bare list, the latest first', async () => {
    await write('Dan', name('Ada'), { body: 'First' })
    await write('Ben', colony.people.Dan?.id ?? '', { body: 'Second' })
    const rows = (await colony.call('GET', '/messages/conversations', { as: 'Dan' })).body
    expect(rows.map(({ other_user }: { other_user: { username: string } }) => other_user.username)).to.deep.equal([
      name('Ben'),
      name('Ada'),
    ])
    expect(rows[0]).to.include({ unread_count: 1, last_message_preview: 'Second', is_archived: false })
  })

  test('of a long conversation the newest are returned, oldest of them first', async () => {
    for (let count = 1; count <= 5; count++) await write('Ben', name('Ada'), { body: `No. ${count}` })
    const { messages } = (await colony.call('GET', `/messages/conversations/${name('Ben')}?limit=2`, { as: 'Ada' })).body
    expect(messages.map(({ body }: { body: string }) => body)).to.deep.equal(['No. 4', 'No. 5'])
    const read = await colony.call('POST', `/messages/conversations/${name('Ben')}/read`, { as: 'Ada' })
    expect([read.status, read.body]).to.deep.equal([200, { marked_read: 0 }])
  })

  test('a reply quotes the message to which it replies', async () => {
    const { body } = await write('Ada', name('Ben'), { body: 'Left or right?' })
    const answer = await write('Ben', name('Ada'), { body: 'Left', reply_to_message_id: body.id })
    expect(answer.body.reply_to).to.deep.equal({
      id: body.id,
      sender_id: colony.people.Ada?.id,
      sender_username: name('Ada'),
      body_preview: 'Left or right?',
      deleted: false,
    })
  })

  test('of two accounts without messages are an empty conversation', async () => {
    const { status, body } = await colony.call('GET', '/messages/conversations/heron', { as: 'Ada' })
    expect([status, body.id, body.messages]).to.deep.equal([200, null, []])
  })

  // COL-257
  test('marking a conversation read takes its messages off the unread count', async () => {
    const own = await bareColony()
    after(() => own.stop())
    const to = own.people.Ben?.username
    for (const body of ['One', 'Two']) await own.call('POST', `/messages/send/${to}`, { as: 'Ada', body: { body } })
    const unread = async () => (await own.call('GET', '/messages/unread-count', { as: 'Ben' })).body
    expect(await unread()).to.deep.equal({ unread_count: 2, unread_direct_messages: 2 })
    const read = await own.call('POST', `/messages/conversations/${own.people.Ada?.username}/read`, { as: 'Ben' })
    expect(read.body).to.deep.equal({ marked_read: 2 })
    expect(await unread()).to.deep.equal({ unread_count: 0, unread_direct_messages: 0 })
  })

  // COL-265
  test('a page of more than a hundred conversations is refused, not shortened', async () => {
    const { status, body } = await colony.call('GET', '/messages/conversations?limit=101', { as: 'Ada' })
    expect([status, body.detail[0].type]).to.deep.equal([422, 'less_than_equal'])
    expect((await colony.call('GET', '/messages/conversations?limit=100', { as: 'Ada' })).status).to.equal(200)
  })

  test('refusals', async () => {
    const poor = await write('Cleo', name('Ben'), { body: 'x' })
    expect([poor.status, poor.body.detail.code]).to.deep.equal([403, 'KARMA_TOO_LOW'])
    expect(poor.body.detail.message).to.match(/karma/)
    expect((await write('Ada', 'nobody-here', { body: 'x' })).body.detail.code).to.equal('USER_NOT_FOUND')
    expect((await write('Ada', name('Ada'), { body: 'x' })).body.detail.code).to.equal('INVALID_INPUT')
    for (const body of ['', '   ', 'x'.repeat(10_001)])
      expect(refusalIn(await write('Ada', name('Ben'), { body }))).to.match(
        /^422 body\.body (?:string_too_short|value_error|string_too_long)$/,
      )
  })
})

describe('notifications', () => {
  const inbox = async (as: string, query = '') => (await colony.call('GET', `/notifications${query}`, { as })).body
  const types = async (as: string) => (await inbox(as)).map((one: { notification_type: string }) => one.notification_type)

  test('one for each account concerned, none for its own actions, none for messages', async () => {
    const own = await bareColony({ Ada: {}, Ben: {}, Dan: {} })
    after(() => own.stop())
    const written = async (path: string, as: string, body: object) => (await own.call('POST', path, { as, body })).body
    const post = await written('/posts', 'Ada', {
      title: 'Glove',
      body: `For @${own.people.Dan?.username}`,
      colony_id: TEST_POSTS,
    })
    const comment = await written(`/posts/${post.id}/comments`, 'Ben', { body: 'Mine?' })
    await written(`/posts/${post.id}/comments`, 'Ada', { body: 'No', parent_id: comment.id })
    await written('/reactions/toggle', 'Ben', { emoji: 'fire', post_id: post.id })
    await written('/reactions/toggle', 'Ben', { emoji: 'fire', post_id: post.id })
    await own.call('POST', `/users/${own.people.Ada?.id}/follow`, { as: 'Ben' })
    await written(`/messages/send/${own.people.Ada?.username}`, 'Ben', { body: 'x' })
    const got = async (as: string) =>
      (await own.call('GET', '/notifications', { as })).body.map((one: { notification_type: string }) => one.notification_type)
    expect(await got('Ada')).to.deep.equal(['new_follower', 'post_reaction', 'comment_on_post'])
    expect(await got('Ben')).to.deep.equal(['reply_to_comment'])
    expect(await got('Dan')).to.deep.equal(['mention'])
  })

  test('a reply to a comment of the post’s author notifies the author once', async () => {
    const post = (await colony.call('POST', '/posts', { as: 'Dan', body: { title: 'Hat', body: 'x', colony_id: TEST_POSTS } }))
      .body
    const below = { as: 'Dan', body: { body: 'Mine' } }
    const comment = (await colony.call('POST', `/posts/${post.id}/comments`, below)).body
    await colony.call('POST', `/posts/${post.id}/comments`, { as: 'Ben', body: { body: 'Sure?', parent_id: comment.id } })
    expect(await types('Dan')).to.deep.equal(['reply_to_comment'])
    const [first] = await inbox('Dan')
    expect(first).to.include({ post_id: post.id, is_read: false })
    expect(first.actor).to.deep.equal({
      id: colony.people.Ben?.id,
      username: name('Ben'),
      display_name: 'Ben',
      user_type: 'agent',
    })
  })

  test('a reaction to a comment contains the ids of comment and post', async () => {
    const own = await bareColony()
    after(() => own.stop())
    const written = async (path: string, as: string, body: object) => (await own.call('POST', path, { as, body })).body
    const post = await written('/posts', 'Ada', { title: 'Glove', body: 'x', colony_id: TEST_POSTS })
    const comment = await written(`/posts/${post.id}/comments`, 'Ada', { body: 'Mine' })
    await written('/reactions/toggle', 'Ben', { emoji: 'fire', comment_id: comment.id })
    const [first] = (await own.call('GET', '/notifications', { as: 'Ada' })).body
    expect(first).to.include({ notification_type: 'post_reaction', post_id: post.id, comment_id: comment.id })
  })

  test('reading one, some or all; unknown ids get the same response as own ones', async () => {
    const count = async () => (await colony.call('GET', '/notifications/count', { as: 'Dan' })).body
    expect(await count()).to.deep.equal({ unread_count: 1, unread_notifications: 1 })
    expect((await colony.call('POST', `/notifications/${ZERO}/read`, { as: 'Dan' })).status).to.equal(204)
    expect(refusalIn(await colony.call('POST', '/notifications/one/read', { as: 'Dan' }))).to.equal('422 path.id uuid_parsing')
    const [{ id }] = await inbox('Dan')
    expect((await colony.call('POST', '/notifications/read', { as: 'Dan', body: { ids: [id] } })).body.unread_count).to.equal(0)
    expect(refusalIn(await colony.call('POST', '/notifications/read', { as: 'Dan', body: { ids: [] } }))).to.equal(
      '422 body.ids too_short',
    )
    expect(await inbox('Dan', '?unread_only=true')).to.deep.equal([])
    expect(await inbox('Dan', '?is_read=true')).to.have.length(1)
    expect((await colony.call('POST', '/notifications/read-all', { as: 'Dan' })).status).to.equal(204)
  })

  // COL-266, COL-270
  test('some are marked read at once; foreign ids change nothing; none or more than a hundred are refused', async () => {
    const { own, post, list } = await withNotifications(3)
    const [first, second] = (await list()).map(({ id }) => id)
    await own.call('POST', `/posts/${post}/comments`, { as: 'Ada', body: { body: `@${own.people.Ben?.username}` } })
    const [foreign] = (await own.call('GET', '/notifications', { as: 'Ben' })).body
    const read = (ids: unknown[]) => own.call('POST', '/notifications/read', { as: 'Ada', body: { ids } })
    const { status, body } = await read([first, second, foreign.id, ZERO])
    expect([status, body]).to.deep.equal([200, { unread_notifications: 1, unread_count: 1 }])
    expect((await own.call('GET', '/notifications', { as: 'Ben' })).body[0].is_read).to.equal(false)
    for (const ids of [[], Array(101).fill(ZERO)]) expect((await read(ids)).status).to.equal(422)
  })

  // COL-267, COL-268
  test('one is deleted, an unknown id gets the same response; sweeping deletes those that were read, and counts them', async () => {
    const { own, list } = await withNotifications(3)
    const [first, second] = (await list()).map(({ id }) => id)
    const remove = async (id: string | undefined) => (await own.call('DELETE', `/notifications/${id}`, { as: 'Ada' })).status
    expect([await remove(first), await remove(first), await remove(ZERO)]).to.deep.equal([204, 204, 204])
    expect((await list()).map(({ id }) => id)).to.not.include(first)
    await own.call('POST', '/notifications/read', { as: 'Ada', body: { ids: [second] } })
    const sweep = async () => (await own.call('POST', '/notifications/delete-read', { as: 'Ada' })).body
    expect([await sweep(), await sweep()]).to.deep.equal([{ deleted: 1 }, { deleted: 0 }])
    expect(await list()).to.have.length(1)
    expect((await list())[0]).to.include({ is_read: false })
  })

  // COL-269
  test('pages do not overlap, and the unread ones are as many as are counted', async () => {
    const { own, list } = await withNotifications(5)
    const read = (await list())[0]?.id
    await own.call('POST', `/notifications/${read}/read`, { as: 'Ada' })
    const walked: string[] = []
    for (let offset = 0; ; offset += 2) {
      const page = await list(`?unread_only=true&limit=2&offset=${offset}`)
      walked.push(...page.map(({ id }) => id))
      if (page.length === 0) break
    }
    expect(new Set(walked).size).to.equal(walked.length)
    expect((await own.call('GET', '/notifications/count', { as: 'Ada' })).body.unread_notifications).to.equal(walked.length)
    expect(walked).to.have.length(4)
  })

  // COL-288
  test('pages of conversations and notifications show each entry, although something arrives between two of them', async () => {
    const { own, post, list } = await withNotifications(4)
    const before = (await list()).map(({ id }) => id)
    const first = await list('?limit=2')
    await own.call('POST', `/posts/${post}/comments`, { as: 'Ben', body: { body: 'Late' } })
    const rest = await list('?limit=10&offset=2')
    expect(new Set([...first, ...rest].map(({ id }) => id))).to.include.all.keys(...before)
    const ada = own.people.Ada?.username
    for (const as of ['Ben', 'Dan']) await own.call('POST', `/messages/send/${ada}`, { as, body: { body: 'Yours?' } })
    const talks = async (query: string): Promise<{ id: string }[]> =>
      (await own.call('GET', `/messages/conversations${query}`, { as: 'Ada' })).body
    const known = (await talks('')).map(({ id }) => id)
    const [latest] = await talks('?limit=1')
    await own.call('POST', `/messages/send/${ada}`, { as: 'Cleo', body: { body: 'Yours?' } })
    const others = await talks('?limit=10&offset=1')
    expect(new Set([latest, ...others].map((one) => one?.id))).to.include.all.keys(...known)
  })
})

/** A Colony where Ada has that many notifications, of comments by Ben on a post of hers. */
async function withNotifications(count: number) {
  const own = await bareColony({ Ada: {}, Ben: {}, Cleo: {}, Dan: {} })
  after(() => own.stop())
  const fields = { title: 'Glove', body: 'x', colony_id: TEST_POSTS }
  const post: string = (await own.call('POST', '/posts', { as: 'Ada', body: fields })).body.id
  for (let number = 1; number <= count; number++)
    await own.call('POST', `/posts/${post}/comments`, { as: 'Ben', body: { body: `No. ${number}` } })
  const list = async (query = ''): Promise<{ id: string; is_read: boolean }[]> =>
    (await own.call('GET', `/notifications${query}`, { as: 'Ada' })).body
  return { own, post, list }
}
