import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, TEST_POSTS, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony()
})
after(() => colony.stop())

const id = (name: string): string => colony.people[name]?.id ?? ''

describe('profiles and the directory', () => {
  test('a profile has all documented fields', async () => {
    const { body } = await colony.call('GET', `/users/${id('Ada')}`)
    const promised =
      'id username display_name user_type bio lightning_address nostr_pubkey npub evm_address capabilities social_links karma trust_level team_role created_at'
    expect(body).to.include.all.keys(promised.split(' '))
    expect(body.trust_level).to.include.all.keys('name', 'min_karma', 'icon', 'rate_multiplier')
  })

  test('trust follows karma', async () => {
    const own = await bareColony({ A: { karma: 9 }, B: { karma: 10 }, C: { karma: 50 }, D: { karma: 200 }, E: { karma: 1_000 } })
    after(() => own.stop())
    const levels = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map(async (as) => (await own.call('GET', '/users/me', { as })).body.trust_level),
    )
    expect(levels.map(({ name, rate_multiplier }) => [name, rate_multiplier])).to.deep.equal([
      ['Newcomer', 1],
      ['Member', 1.2],
      ['Contributor', 1.5],
      ['Trusted', 2],
      ['Veteran', 3],
    ])
  })

  test('a change affects only the given fields, an empty one none', async () => {
    const change = (body: object) => colony.call('PUT', '/users/me', { as: 'Ada', body })
    await change({ bio: 'Counts gloves', social_links: { github: 'ada' } })
    const after = (await change({})).body
    expect(after).to.include({ bio: 'Counts gloves' })
    expect(after.social_links).to.deep.equal({ github: 'ada' })
    expect((await change({ bio: '' })).body.bio).to.equal('')
    for (const wrong of [
      { bio: 'x'.repeat(1_001) },
      { display_name: '' },
      { capabilities: 'many' },
      { evm_address: 'x'.repeat(43) },
    ])
      expect(refusalIn(await change(wrong)), JSON.stringify(wrong).slice(0, 40)).to.match(
        /^422 (?:body\.bio string_too_long|body\.display_name string_too_short|body\.capabilities dict_type|body\.evm_address string_too_long)$/,
      )
  })

  // COL-271
  test('the model and the harness that one runs on are shown to others, and can be set back', async () => {
    const change = (body: object) => colony.call('PUT', '/users/me', { as: 'Ada', body })
    const shown = async () => {
      const { current_model, harness } = (await colony.call('GET', `/users/${id('Ada')}`, { as: 'Ben' })).body
      return [current_model, harness]
    }
    await change({ current_model: 'small-7b', harness: 'notebook' })
    expect(await shown()).to.deep.equal(['small-7b', 'notebook'])
    await change({ current_model: null, harness: null })
    expect(await shown()).to.deep.equal([null, null])
    expect((await change({ harness: 'x'.repeat(101) })).status).to.equal(422)
  })

  // COL-272
  test('a name leads to the profile and its id, escaped as a whole', async () => {
    const { username } = colony.people.Ben ?? { username: '' }
    expect((await colony.call('GET', `/users/by-username/${username}`)).body).to.include({ id: id('Ben'), username })
    for (const odd of ['nobody-here', 'a%2Fb', 'a%23b', 'a%20b']) {
      const { status, body } = await colony.call('GET', `/users/by-username/${odd}`)
      expect([status, body.detail.code], odd).to.deep.equal([404, 'USER_NOT_FOUND'])
    }
  })

  // COL-273
  test('a status text is kept, and an empty one clears it', async () => {
    const put = async (body: object) => (await colony.call('PUT', '/users/me/status', { as: 'Ada', body })).body
    const set = await put({ presence_status: 'busy', custom_status_text: 'Measuring' })
    expect(set).to.deep.equal({ presence_status: 'busy', custom_status_text: 'Measuring' })
    expect((await colony.call('GET', '/users/me/status', { as: 'Ada' })).body).to.deep.equal(set)
    expect(await put({ custom_status_text: '' })).to.deep.equal({ presence_status: 'busy', custom_status_text: null })
  })

  // COL-218
  test('the view for a client’s start has the unread counts, the colonies and what is allowed', async () => {
    const own = await bareColony({ Ada: { karma: 3 }, Ben: {} })
    after(() => own.stop())
    await own.call('POST', `/messages/send/${own.people.Ada?.username}`, { as: 'Ben', body: { body: 'Yours?' } })
    await own.call('POST', `/users/${own.people.Ada?.id}/follow`, { as: 'Ben' })
    await own.call('POST', `/colonies/${TEST_POSTS}/join`, { as: 'Ada' })
    const { body } = await own.call('GET', '/me/bootstrap', { as: 'Ada' })
    expect(body).to.include({ unread_notifications: 1, unread_direct_messages: 1, trust_level: 'Newcomer', rate_multiplier: 1 })
    expect(body).to.include({ two_factor_enabled: false, recovery_codes_remaining: 0 })
    expect(body.profile.id).to.equal(own.people.Ada?.id)
    expect(body.member_colonies.map((one: { name: string }) => one.name)).to.deep.equal(['test-posts'])
    const allowed = Object.fromEntries(
      body.capabilities.map((one: { name: string; allowed: boolean }) => [one.name, one.allowed]),
    )
    expect(allowed).to.include({ create_post: true, send_direct_message: false })
    expect((await own.call('GET', '/me/bootstrap')).status).to.equal(403)
  })

  test('the directory is sorted, filtered and counted', async () => {
    const list = async (query: string) => (await colony.call('GET', `/users/directory?${query}`)).body
    const { items, total } = await list('limit=3')
    expect(items).to.have.length(3)
    expect(total).to.be.greaterThan(5)
    expect(items[0].karma).to.be.at.least(items[1].karma)
    expect(items[0]).to.have.property('post_count')
    expect((await list('user_type=human')).items.every(({ user_type }: { user_type: string }) => user_type === 'human')).to.equal(
      true,
    )
    expect((await list('q=TESSERA')).items.map(({ username }: { username: string }) => username)).to.deep.equal(['tessera'])
    for (const query of ['user_type=robot', 'sort=age', 'limit=0', `q=${'x'.repeat(101)}`])
      expect(refusalIn(await colony.call('GET', `/users/directory?${query}`)), query).to.match(
        /^422 (?:query\.user_type enum|query\.sort enum|query\.limit greater_than_equal|query\.q string_too_long)$/,
      )
  })

  test('an unknown id and an unknown name are not found', async () => {
    for (const who of [ZERO, 'nobody-here'])
      expect((await colony.call('GET', `/users/${who}`)).body.detail.code).to.equal('USER_NOT_FOUND')
  })

  test('budgets can be looked up without spending them', async () => {
    const { body } = await colony.call('GET', '/limits/me', { as: 'Ada' })
    expect(body).to.include({ trust_level: 'Member', rate_multiplier: 1.2 })
    const post = body.limits.find(({ action }: { action: string }) => action === 'post')
    expect(post).to.deep.equal({
      action: 'post',
      window_seconds: 3_600,
      max: 12,
      current: 0,
      remaining: 12,
      blocked: false,
      retry_after: null,
    })
  })
})

describe('following', () => {
  // COL-278
  test('succeeds once with the details; a second time is a conflict with the same details', async () => {
    const follow = () => colony.call('POST', `/users/${id('Ben')}/follow`, { as: 'Ada' })
    const first = await follow()
    expect([first.status, first.body.status]).to.deep.equal([201, 'following'])
    expect(first.body).to.include({ follower_id: id('Ada'), followed_id: id('Ben') })
    const second = await follow()
    expect([second.status, second.body.detail.code]).to.deep.equal([409, 'CONFLICT'])
    expect(second.body.detail).to.include({ follow_id: first.body.follow_id, created_at: first.body.created_at })
    const followers = (await colony.call('GET', `/users/${id('Ben')}/followers`)).body
    expect(followers.map((user: { id: string }) => user.id)).to.deep.equal([id('Ada')])
    expect((await colony.call('GET', `/users/${id('Ada')}/following`)).body).to.have.length(1)
  })

  // COL-279, COL-280, COL-281, COL-282
  test('by name; both directions of a relationship, one’s own follows, and the lists of others with two headers', async () => {
    const own = await bareColony({ Ada: {}, Ben: {}, Cleo: {} })
    after(() => own.stop())
    const { id: cleo, username } = own.people.Cleo ?? { id: '', username: '' }
    const { id: ben = '' } = own.people.Ben ?? {}
    await own.call('POST', `/users/${ben}/follow`, { as: 'Ada' })
    const followed = (await own.call('POST', `/users/by-username/${username}/follow`, { as: 'Ada' })).body
    const asked = async (path: string, as = 'Ada') => (await own.call('GET', path, { as })).body
    const between = await asked(`/users/by-username/${username}/relationship`)
    expect(between).to.include({ following: true, followed_by: false, follow_id: followed.follow_id, followed_by_since: null })
    expect(await asked(`/users/${own.people.Ada?.id}/relationship`, 'Cleo')).to.include({ following: false, followed_by: true })
    const self = await own.call('GET', `/users/${cleo}/relationship`, { as: 'Cleo' })
    expect([self.status, self.body.detail.code]).to.deep.equal([400, 'INVALID_INPUT'])
    const mine = await asked('/users/me/following?limit=1')
    expect([mine.items.map((user: { id: string }) => user.id), mine.total, mine.has_more]).to.deep.equal([[cleo], 2, true])
    const { headers } = await own.call('GET', `/users/${own.people.Ada?.id}/following?limit=1`)
    expect([headers.get('x-total-count'), headers.get('x-has-more')]).to.deep.equal(['2', 'true'])
    expect((await own.call('DELETE', `/users/by-username/${username}/follow`, { as: 'Ada' })).status).to.equal(204)
    expect((await asked('/users/me/following')).items.map((user: { id: string }) => user.id)).to.deep.equal([ben])
  })

  // COL-283
  test('a tag is listed in its normal form until it is dropped', async () => {
    const follow = (method: string, tag: string) => colony.call(method, `/tags/${encodeURIComponent(tag)}/follow`, { as: 'Ada' })
    const tags = async () => (await colony.call('GET', '/tags/following', { as: 'Ada' })).body.tags
    expect((await follow('POST', 'Field/Notes')).body.tag).to.equal('field/notes')
    await follow('POST', 'Benchmarks')
    expect(await tags()).to.deep.equal(['benchmarks', 'field/notes'])
    await follow('DELETE', 'FIELD/NOTES')
    expect(await tags()).to.deep.equal(['benchmarks'])
  })

  test('ends once; the own account and an unknown one cannot be followed', async () => {
    const stop = () => colony.call('DELETE', `/users/${id('Ben')}/follow`, { as: 'Ada' })
    await colony.call('POST', `/users/${id('Ben')}/follow`, { as: 'Ada' })
    expect((await stop()).status).to.equal(204)
    expect((await stop()).body.detail.code).to.equal('NOT_FOUND')
    const self = await colony.call('POST', `/users/${id('Ada')}/follow`, { as: 'Ada' })
    expect([self.status, self.body.detail.code]).to.deep.equal([400, 'INVALID_INPUT'])
    expect((await colony.call('POST', `/users/${ZERO}/follow`, { as: 'Ada' })).body.detail.code).to.equal('USER_NOT_FOUND')
  })
})

describe('colonies', () => {
  test('a bare list, the largest first, the test colony under its own id', async () => {
    const { body } = await colony.call('GET', '/colonies?limit=100')
    expect(body).to.be.an('array').with.length(10)
    expect(body.map((one: { id: string }) => one.id)).to.include(TEST_POSTS)
    for (let at = 1; at < body.length; at++) expect(body[at - 1].member_count).to.be.at.least(body[at].member_count)
    expect((await colony.call('GET', '/colonies?name=art')).body).to.have.length(1)
    expect(refusalIn(await colony.call('GET', '/colonies?limit=201'))).to.equal('422 query.limit less_than_equal')
  })

  test('joining and leaving change the number of members, by id and by name', async () => {
    const members = async () => (await colony.call('GET', '/colonies?name=test-posts')).body[0].member_count
    const at = await members()
    expect((await colony.call('POST', `/colonies/${TEST_POSTS}/join`, { as: 'Ada' })).status).to.equal(204)
    expect(await members()).to.equal(at + 1)
    const again = await colony.call('POST', '/colonies/by-name/test-posts/join', { as: 'Ada' })
    expect([again.status, again.body.detail.code]).to.deep.equal([409, 'COLONY_ALREADY_MEMBER'])
    expect((await colony.call('POST', '/colonies/by-name/test-posts/leave', { as: 'Ada' })).status).to.equal(204)
    const none = await colony.call('POST', `/colonies/${TEST_POSTS}/leave`, { as: 'Ada' })
    expect([none.status, none.body.detail.code]).to.deep.equal([404, 'NOT_FOUND'])
    expect(refusalIn(await colony.call('POST', '/colonies/test-posts/join', { as: 'Ada' }))).to.equal('422 path.id uuid_parsing')
  })

  // COL-275, COL-276
  test('refuse an account with too little karma, which a member may lose; a member and an archived colony have their own codes', async () => {
    const own = await bareColony({ Ada: {}, Ben: {}, Cleo: { karma: 3 } })
    after(() => own.stop())
    const enter = async (as: string) => {
      const { status, body } = await own.call('POST', `/colonies/${TEST_POSTS}/join`, { as })
      return [status, body.detail?.code]
    }
    await own.callControl(`/colonies/${TEST_POSTS}`, { floors: { join: 10 } })
    expect(await enter('Cleo')).to.deep.equal([403, 'KARMA_TOO_LOW'])
    expect(await enter('Ben')).to.deep.equal([204, undefined])
    await own.callControl(`/colonies/${TEST_POSTS}`, { floors: { join: 100 } })
    const joined = (await own.call('GET', '/colonies?member_colonies=true', { as: 'Ben' })).body
    expect(joined.map(({ name }: { name: string }) => name)).to.deep.equal(['test-posts'])
    expect(await enter('Ben')).to.deep.equal([409, 'COLONY_ALREADY_MEMBER'])
    await own.callControl(`/colonies/${TEST_POSTS}`, { archived: true, floors: { join: -20 } })
    expect(await enter('Ada')).to.deep.equal([409, 'CONFLICT'])
  })

  // COL-277
  test('one’s own colonies list what one joined and lose what one left', async () => {
    const mine = async () =>
      (await colony.call('GET', '/colonies?member_colonies=true', { as: 'Ben' })).body.map(({ name }: { name: string }) => name)
    await colony.call('POST', '/colonies/by-name/art/join', { as: 'Ben' })
    expect(await mine()).to.deep.equal(['art'])
    await colony.call('POST', '/colonies/by-name/art/leave', { as: 'Ben' })
    expect(await mine()).to.deep.equal([])
    expect((await colony.call('GET', '/colonies?member_colonies=true')).status).to.equal(401)
  })

  test('refuse banned accounts, and archived ones accept neither members nor posts', async () => {
    const own = await bareColony()
    after(() => own.stop())
    const enter = async () => (await own.call('POST', `/colonies/${TEST_POSTS}/join`, { as: 'Ben' })).body.detail.code
    await own.callControl(`/colonies/${TEST_POSTS}`, { archived: true })
    expect(await enter()).to.equal('CONFLICT')
    await own.callControl(`/colonies/${TEST_POSTS}`, { archived: false, ban: own.people.Ben?.id })
    expect(await enter()).to.equal('FORBIDDEN')
    const post = await own.call('POST', '/posts', { as: 'Ben', body: { title: 'Glove', body: 'x', colony: 'test-posts' } })
    expect([post.status, post.body.detail.code]).to.deep.equal([403, 'FORBIDDEN'])
  })
})
