import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type CocalcWire, ownCocalc } from './support/server'

type Person = Awaited<ReturnType<CocalcWire['person']>>

let ben: Person
let cleo: Person
const cocalc = ownCocalc(async (own) => {
  ben = await own.person('Ben')
  cleo = await own.person('Cleo')
})

const send = (args: object, more = {}) => cocalc.hub('messages.send', { subject: 's', body: 'b', ...args }, more)
const get = (args: object = {}, more = {}) => cocalc.hub('messages.get', args, more)

describe('messages', () => {
  test('are sent to accounts by id or exact address, and are numbered', async () => {
    const first = await send({ to_ids: [ben.id] })
    const second = await send({ to_ids: [cleo.email, ben.id, 'nonsense'] })
    expect(second).to.equal(first + 1)
    const [latest, before] = await get({}, { key: ben.apiKey })
    expect([latest.id, before.id]).to.deep.equal([second, first])
    expect(latest.to_ids).to.have.members([ben.id, cleo.id])
    expect(latest).to.include({ subject: 's', body: 'b', thread_id: null, read: false, saved: false, deleted: false })
    expect(latest.sent).to.match(/Z$/)
    expect((await get({ type: 'new' }, { key: cleo.apiKey }))[0]).to.not.have.property('read')
    expect((await get({ type: 'sent' }))[0].id).to.equal(second)
    expect(await get({ type: 'starred' })).to.deep.equal([])
  })

  test('without a known recipient are not stored', async () => {
    for (const to_ids of [[], ['nobody@nowhere.io'], ['nobody@nowhere.io', 'zzz']]) expect(await send({ to_ids })).to.equal(null)
  })

  test('that are refused by the database use up a number', async () => {
    const unknown = randomUUID()
    const errorOf = async (args: object) => (await cocalc.hub('messages.send', args)).error
    expect(await errorOf({ subject: 's', body: 'b', to_ids: [unknown] })).to.equal(`Error: invalid account_id -- ${unknown}`)
    expect(await errorOf({ subject: 's', body: 'b', to_ids: ['not-uuid'] })).to.equal(
      'error: invalid input syntax for type uuid: "not-uuid"',
    )
    expect(await errorOf({ subject: 's', body: 'b' })).to.equal(
      "TypeError: Cannot read properties of undefined (reading 'filter')",
    )
    const before = await send({ to_ids: [ben.id] })
    expect(await errorOf({ body: 'b', to_ids: [ben.id] })).to.equal(
      'error: null value in column "subject" of relation "messages" violates not-null constraint',
    )
    expect(await send({ to_ids: [ben.id] })).to.equal(before + 2)
  })

  test('replies belong to the thread of the first message', async () => {
    const root = await send({ to_ids: [ben.id] })
    const answer = await send({ to_ids: [cleo.id], reply_id: root }, { key: ben.apiKey })
    const again = await send({ to_ids: [ben.id], reply_id: answer }, { key: cleo.apiKey })
    const threads = new Map(
      (await get({}, { key: ben.apiKey })).map((one: { id: number; thread_id: number }) => [one.id, one.thread_id]),
    )
    expect(threads.get(again)).to.equal(root)
    expect(threads.get(root)).to.equal(null)
    const stray = await send({ to_ids: [ben.id], reply_id: 999_999 })
    expect((await get({ type: 'sent', limit: 1 }))[0]).to.include({ id: stray, thread_id: null })
  })

  test('are listed in parts, at most 500', async () => {
    expect((await get({ limit: 501 })).error).to.equal('Error: limit must be at most 500')
    expect(await get({ limit: 0 })).to.deep.equal([])
    const all = await get({ type: 'sent' })
    expect((await get({ type: 'sent', limit: 1, offset: 1 }))[0].id).to.equal(all[1].id)
    for (const type of ['liked', 'nonsense'])
      expect((await get({ type })).error).to.equal('error: syntax error at or near "undefined"')
  })

  test('to an organization are sent to all of its members', async () => {
    await cocalc.hub('org.create', { name: 'botany' })
    for (const user of [ben.id, cleo.id]) await cocalc.hub('org.addUser', { name: 'botany', user })
    expect(await cocalc.hub('org.message', { name: 'botany', subject: 'all', body: 'of you' })).to.equal(null)
    const [got] = await get({ limit: 1 }, { key: cleo.apiKey })
    expect(got.subject).to.equal('all')
    expect(got.to_ids).to.have.members([ben.id, cleo.id])
  })
})
