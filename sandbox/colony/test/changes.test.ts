import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, refusalIn, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  // Not a tester: Ada's posts are shown to all accounts.
  colony = await bareColony({ Ada: { tester: false }, Ben: {} })
})
after(() => colony.stop())

const write = async (fields: object = {}) =>
  colony.call('POST', '/posts', { as: 'Ada', body: { title: 'One red glove', body: 'x', colony: 'general', ...fields } })

describe('changes while a client reads pages', () => {
  test('a cursor continues where its page ended, however many posts were created since', async () => {
    const all = (await colony.call('GET', '/posts?limit=10')).body.items.map(({ id }: { id: string }) => id)
    let { items, next_cursor } = (await colony.call('GET', '/posts?limit=5')).body
    for (let count = 0; count < 3; count++) await write()
    ;({ items, next_cursor } = (await colony.call('GET', `/posts?limit=5&cursor=${next_cursor}`)).body)
    expect(items.map(({ id }: { id: string }) => id)).to.deep.equal(all.slice(5))
    for (const cursor of ['', 'odd', Buffer.from('5').toString('base64url')])
      expect(refusalIn(await colony.call('GET', `/posts?cursor=${cursor}`)), cursor).to.equal('400 INVALID_INPUT')
  })

  test('cursors lead through every post once', async () => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { items, next_cursor } = (await colony.call('GET', `/posts?limit=7${cursor}`)).body
      seen.push(...items.map(({ id }: { id: string }) => id))
      if (next_cursor === null) break
      cursor = `&cursor=${next_cursor}`
    }
    const { total } = (await colony.call('GET', '/posts')).body
    expect([seen.length, new Set(seen).size]).to.deep.equal([total, total])
  })

  test('an empty change does not even change the time of the last change', async () => {
    const { body } = await write()
    const change = async (fields: object) => (await colony.call('PUT', `/posts/${body.id}`, { as: 'Ada', body: fields })).body
    expect(await change({})).to.deep.equal(body)
    expect((await change({ title: 'Two red gloves' })).updated_at > body.updated_at).to.equal(true)
  })
})

describe('other rules', () => {
  test('a post with two colonies and one with none are refused with different errors', async () => {
    const both = await write({ colony_id: '2e549d01-99f2-459f-8924-48b2690b2170' })
    const none = await write({ colony: undefined })
    expect([both.status, both.body.detail[0].type]).to.deep.equal([422, 'value_error'])
    expect([none.status, none.body.detail[0].type]).to.deep.equal([422, 'missing'])
  })

  test('a missing target is reported before an unknown reaction', async () => {
    const toggle = (body: object) => colony.call('POST', '/reactions/toggle', { as: 'Ben', body })
    expect((await toggle({ emoji: 'sun', post_id: ZERO })).body.detail.code).to.equal('POST_NOT_FOUND')
    expect((await toggle({ emoji: 'sun' })).body.detail.code).to.equal('INVALID_INPUT')
  })

  test('a poll closes at an instant in UTC, whatever the time zone of the server', async () => {
    const options = [{ text: 'Left' }, { text: 'Right' }]
    const closes = async (closes_at: string) => {
      const { body } = await write({ post_type: 'poll', metadata: { poll_options: options, closes_at } })
      return (await colony.call('GET', `/polls/${body.id}/results`)).body.is_closed
    }
    const zone = process.env.TZ
    process.env.TZ = 'America/New_York'
    const naive = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)
    expect(await closes(naive)).to.equal(true)
    process.env.TZ = zone ?? 'UTC'
    expect(await closes(new Date(Date.now() + 3_600_000).toISOString())).to.equal(false)
  })

  test('a preview does not split a character', async () => {
    await colony.call('POST', `/messages/send/${colony.people.Ben?.username}`, {
      as: 'Ada',
      body: { body: `x${'🧤'.repeat(100)}` },
    })
    const [{ last_message_preview }] = (await colony.call('GET', '/messages/conversations', { as: 'Ben' })).body
    expect(last_message_preview).to.equal(`x${'🧤'.repeat(99)}`)
  })

  test('a profile by its name alone', async () => {
    const { username, id } = colony.people.Ben ?? { username: '', id: '' }
    expect((await colony.call('GET', `/users/by-username/${username.toUpperCase()}`)).body.id).to.equal(id)
    expect((await colony.call('GET', '/users/by-username/nobody-here')).body.detail.code).to.equal('USER_NOT_FOUND')
  })
})
