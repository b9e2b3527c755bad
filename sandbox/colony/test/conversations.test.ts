import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Anything, bareColony, type Wire, ZERO } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony({ Ada: {}, Ben: {}, Cleo: {} })
})
after(() => colony.stop())

const name = (who: string): string => colony.people[who]?.username ?? ''
const send = (body: string, from = 'Ada', to = 'Ben', headers = {}) =>
  colony.call('POST', `/messages/send/${name(to)}`, { as: from, body: { body }, headers })
const talk = (path = '', as = 'Ben', other = 'Ada') => colony.call('GET', `/messages/conversations/${name(other)}${path}`, { as })
const act = (path: string, as: string, other: string, body?: object, method = 'POST') =>
  colony.call(method, `/messages/conversations/${name(other)}/${path}`, { as, ...(body ? { body } : {}) })
const texts = (messages: { body: string }[]) => messages.map(({ body }) => body)
const listed = async (as: string, query = ''): Promise<string[]> =>
  (await colony.call('GET', `/messages/conversations${query}`, { as })).body.map((row: Anything) => row.other_user.username)

describe('reading a conversation', () => {
  // COL-253
  test('a message sent twice with one key arrives once', async () => {
    const [first, second] = [
      await send('Once', 'Ada', 'Ben', { 'idempotency-key': 'message-once' }),
      await send('Once', 'Ada', 'Ben', { 'idempotency-key': 'message-once' }),
    ]
    expect([second.body.id, second.headers.get('idempotent-replay')]).to.deep.equal([first.body.id, 'true'])
    expect(texts((await talk()).body.messages).filter((body) => body === 'Once')).to.have.length(1)
  })

  // COL-254, COL-255
  test('only what came after a known message, newest first; what came before it, oldest first, page by page', async () => {
    const sent: string[] = []
    for (const body of ['One', 'Two', 'Three', 'Four']) sent.push((await send(body, 'Cleo', 'Ben')).body.id)
    const [one, two, three, four] = sent
    const of = async (path: string) => texts((await talk(path, 'Ben', 'Cleo')).body.messages)
    expect(await of(`/tail?since_id=${two}`)).to.deep.equal(['Four', 'Three'])
    expect(await of(`/tail?since_id=${four}`)).to.deep.equal([])
    expect(await of('/tail?limit=1')).to.deep.equal(['Four'])
    expect(await of(`/history?before=${four}&limit=2`)).to.deep.equal(['Two', 'Three'])
    expect(await of(`/history?before=${two}&limit=2`)).to.deep.equal(['One'])
    expect(await of(`/history?before=${one}`)).to.deep.equal([])
    expect((await talk(`/history?before=${three}`, 'Ada', 'Ben')).status).to.equal(404)
    expect((await talk('/history', 'Ben', 'Cleo')).status).to.equal(422)
  })
})

describe('one message', () => {
  // COL-258
  test('is marked read by its recipient; a second time it was not unread', async () => {
    const { id } = (await send('Read me')).body
    const read = async (as: string) => (await colony.call('POST', `/messages/${id}/read`, { as })).body
    const first = await read('Ben')
    expect(first).to.include({ message_id: id, was_unread: true })
    expect(first.read_at).to.be.a('string')
    expect(await read('Ben')).to.deep.equal({ ...first, was_unread: false })
  })

  // COL-259
  test('keeps its earlier texts when its sender edits it, newest first', async () => {
    const { id } = (await send('Frist')).body
    await colony.call('PATCH', `/messages/${id}`, { as: 'Ada', body: { body: 'First' } })
    const { versions } = (await colony.call('GET', `/messages/${id}/edits`, { as: 'Ben' })).body
    expect(versions.map(({ body, is_current }: Anything) => [body, is_current])).to.deep.equal([
      ['First', true],
      ['Frist', false],
    ])
    expect((await colony.call('GET', `/messages/${id}/edits`, { as: 'Cleo' })).status).to.equal(404)
  })

  // COL-260
  test('is deleted by its sender alone, and a tombstone stays', async () => {
    const { id } = (await send('Gone')).body
    const remove = (as: string) => colony.call('DELETE', `/messages/${id}`, { as })
    expect((await remove('Ben')).status).to.equal(403)
    expect((await remove('Ada')).body).to.deep.equal({ deleted: true, message_id: id })
    for (const [as, other] of [
      ['Ada', 'Ben'],
      ['Ben', 'Ada'],
    ] as const) {
      const found = (await talk('', as, other)).body.messages.find((one: { id: string }) => one.id === id)
      expect(found).to.include({ is_deleted: true, body: '' })
    }
  })

  // COL-261
  test('gets a reaction once however often it is added, until it is removed', async () => {
    const { id } = (await send('Well done')).body
    const reactions = async () =>
      (await talk()).body.messages.find((one: { id: string }) => one.id === id).reactions.map((one: Anything) => one.emoji)
    const add = () => colony.call('POST', `/messages/${id}/reactions`, { as: 'Ben', body: { emoji: '👏' } })
    const first = (await add()).body
    expect(first).to.include({ emoji: '👏', user_id: colony.people.Ben?.id, username: name('Ben') })
    expect((await add()).body).to.deep.equal(first)
    expect(await reactions()).to.deep.equal(['👏'])
    const remove = async () =>
      (await colony.call('DELETE', `/messages/${id}/reactions/${encodeURIComponent('👏')}`, { as: 'Ben' })).body
    expect([await remove(), await remove()]).to.deep.equal([{ removed: true }, { removed: false }])
    expect(await reactions()).to.deep.equal([])
    const long = await colony.call('POST', `/messages/${id}/reactions`, { as: 'Ben', body: { emoji: 'x'.repeat(31) } })
    expect(long.status).to.equal(422)
  })
})

describe('putting a conversation away', () => {
  // COL-256
  test('it is not listed, is found with include_archived, and comes back', async () => {
    await send('For later')
    await act('archive', 'Ben', 'Ada')
    expect(await listed('Ben')).not.to.include(name('Ada'))
    expect(await listed('Ben', '?include_archived=true')).to.include(name('Ada'))
    await act('unarchive', 'Ben', 'Ada')
    expect(await listed('Ben')).to.include(name('Ada'))
    expect((await act('archive', 'Ada', 'Cleo')).status).to.equal(404)
  })

  // COL-262
  test('who muted it still gets its messages, which are not counted as unread', async () => {
    const own = await bareColony()
    after(() => own.stop())
    const [ada, ben] = [own.people.Ada?.username, own.people.Ben?.username]
    const write = (body: string) => own.call('POST', `/messages/send/${ben}`, { as: 'Ada', body: { body } })
    const unread = async () => (await own.call('GET', '/messages/unread-count', { as: 'Ben' })).body.unread_count
    await write('One')
    const muted = await own.call('POST', `/messages/conversations/${ada}/mute`, { as: 'Ben', body: { duration: '8h' } })
    expect(muted.body.is_muted).to.equal(true)
    await write('Two')
    expect(await unread()).to.equal(0)
    await own.call('POST', `/messages/conversations/${ada}/unmute`, { as: 'Ben' })
    expect(await unread()).to.equal(2)
    const { messages } = (await own.call('GET', `/messages/conversations/${ada}`, { as: 'Ben' })).body
    expect(texts(messages)).to.deep.equal(['One', 'Two'])
    const odd = await own.call('POST', `/messages/conversations/${ada}/mute`, { as: 'Ben', body: { duration: '2y' } })
    expect(odd.status).to.equal(422)
  })

  // COL-263
  test('who is blocked cannot write; unblocked they can again', async () => {
    const block = (method: string) => colony.call(method, `/users/${colony.people.Cleo?.id}/block`, { as: 'Ada' })
    const blocked = async () =>
      (await colony.call('GET', '/users/me/blocked', { as: 'Ada' })).body.map((user: Anything) => user.username)
    for (let count = 0; count < 2; count++) expect((await block('POST')).status).to.equal(200)
    expect(await blocked()).to.deep.equal([name('Cleo')])
    expect((await send('Let me in', 'Cleo', 'Ada')).status).to.equal(403)
    for (let count = 0; count < 2; count++) expect((await block('DELETE')).status).to.equal(200)
    expect(await blocked()).to.deep.equal([])
    expect((await send('Thank you', 'Cleo', 'Ada')).status).to.equal(201)
  })

  // COL-264
  test('reporting it twice makes one report and hides it; taking the report back shows it again', async () => {
    await send('Buy now', 'Cleo', 'Ben')
    const first = await act('spam', 'Ben', 'Cleo', { reason: 'phishing' })
    expect([first.status, first.body.spam_reason_code]).to.deep.equal([201, 'other'])
    const second = await act('spam', 'Ben', 'Cleo')
    expect([second.status, second.headers.get('idempotent-replay'), second.body]).to.deep.equal([200, 'true', first.body])
    expect(await listed('Ben')).not.to.include(name('Cleo'))
    const back = await act('spam', 'Ben', 'Cleo', undefined, 'DELETE')
    expect(back.body).to.include({ conversation_id: first.body.conversation_id, report_id: null, spam_reported_at: null })
    expect(await listed('Ben')).to.include(name('Cleo'))
    expect((await act('spam', 'Ben', 'Ben')).status).to.equal(404)
    expect((await colony.call('POST', `/messages/${ZERO}/read`, { as: 'Ben' })).status).to.equal(404)
  })
})
