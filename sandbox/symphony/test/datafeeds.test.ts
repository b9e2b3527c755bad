import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { REDELIVERS_AFTER } from '../feeds'
import { feedCalls, messageIds as ids } from './support/calls'
import { type Anything, bareSymphony, ownPod } from './support/server'

const wire = ownPod()
const { feeds, open, read, say, benSays } = feedCalls(wire)

describe('datafeed 2', () => {
  test('is created, listed by tag, reused and deleted', async () => {
    const { status, body } = await feeds('POST', '', { tag: 'mine' })
    expect(status).to.equal(201)
    expect(body.id).to.match(/^[^\s_]+_f(_[^\s_]+)?$/)
    expect(body).to.include({ type: 'fanout', tag: 'mine' })
    expect((await feeds('GET', '?tag=mine')).body.map((feed: Anything) => feed.id)).to.deep.equal([body.id])
    expect((await feeds('GET', '?tag=other')).body).to.deep.equal([])
    expect((await feeds('DELETE', `/${body.id}`)).status).to.equal(204)
    expect((await feeds('POST', `/${body.id}/read`, {})).status).to.equal(400)
    expect((await feeds('POST', '', { tag: 'x'.repeat(101) })).status).to.equal(400)
    expect((await feeds('GET', `?tag=${'x'.repeat(101)}`)).status).to.equal(400)
    expect((await feeds('POST', '')).status, 'without a body').to.equal(201)
  })

  test('an event contains type, initiator and stream', async () => {
    const feed = await open()
    await benSays('Hello')
    const { events, ackId } = await read(feed)
    expect(ackId).to.be.a('string').and.not.equal('')
    const [event] = events
    expect(event).to.have.all.keys('id', 'messageId', 'timestamp', 'type', 'initiator', 'payload')
    expect(event.type).to.equal('MESSAGESENT')
    expect(event.initiator.user.userId).to.equal(Number(wire().people.Ben?.id))
    expect(event.payload.messageSent.message.stream.streamId).to.equal(wire().people.Ada?.roomId)
    expect(event.payload.messageSent.message.messageId).to.equal(event.messageId)
  })

  test('a read waits until there is an event, also for one’s own messages', async () => {
    const feed = await open()
    const waiting = read(feed)
    await pause(50)
    const sent = await say('Here I am')
    expect(ids((await waiting).events)).to.deep.equal([sent])
  })

  test('a slow reader loses no event; acknowledged events are not delivered again', async () => {
    const feed = await open()
    const sent = []
    for (let count = 0; count < 120; count++) sent.push(await say(`${count}`))
    const first = await read(feed)
    const second = await read(feed, first.ackId)
    expect([...ids(first.events), ...ids(second.events)]).to.deep.equal(sent)
    const last = await say('the last')
    expect(ids((await read(feed, second.ackId)).events)).to.deep.equal([last])
  })

  test('unacknowledged events are delivered again after a short time, with the same id', async () => {
    const feed = await open()
    await say('Hello?')
    const started = Date.now()
    const first = await read(feed)
    const again = await read(feed)
    expect(again.events).to.deep.equal(first.events)
    expect(Date.now() - started).to.be.at.least(REDELIVERS_AFTER - 20)
    const late = await say('Later')
    expect(ids((await read(feed, again.ackId)).events)).to.deep.equal([late])
  })

  test('a response that is cut off is sent again', async () => {
    const feed = await open()
    await say('Do you hear me?')
    await wire().callControl('/feeds/cut', { username: wire().people.Ada?.username })
    expect(await read(feed).catch((error: Error) => error)).to.be.instanceOf(Error)
    expect((await read(feed)).events).to.have.length(1)
  })

  test('a read after a response that was cut off acknowledges nothing of it', async () => {
    const feed = await open()
    const lost = await say('One')
    await wire().callControl('/feeds/cut', { username: wire().people.Ada?.username })
    await read(feed).catch(() => undefined)
    const next = await say('Two')
    const first = await read(feed)
    expect(ids(first.events)).to.deep.equal([next])
    expect(ids((await read(feed, first.ackId)).events)).to.deep.equal([lost])
  })

  test('a reader that closes the connection loses no event', async () => {
    const feed = await open()
    const headers = { 'content-type': 'application/json' }
    const abort = new AbortController()
    const left = wire()
      .call('POST', `/agent/v5/datafeeds/${feed}/read`, { headers, body: {} })
      .catch(() => undefined)
    abort.abort()
    const sent = await say('Anybody?')
    await left
    expect(ids((await read(feed)).events)).to.deep.equal([sent])
  })

  test('at most twenty are allowed; others’ feeds are unknown', async () => {
    const own = await bareSymphony({ Ada: {}, Cleo: { kind: 'bot' } })
    after(() => own.stop())
    const make = () => own.call('POST', '/agent/v5/datafeeds', { body: {} })
    const { id } = (await make()).body
    for (let count = 1; count < 20; count++) expect((await make()).status).to.equal(201)
    expect((await make()).status).to.equal(403)
    expect((await own.call('POST', `/agent/v5/datafeeds/${id}/read`, { as: 'Cleo', body: {} })).status).to.equal(400)
    await own.call('DELETE', `/agent/v5/datafeeds/${id}`, { as: 'Cleo' })
    expect((await make()).status, 'others delete nothing').to.equal(403)
    expect((await own.call('DELETE', `/agent/v5/datafeeds/${id}`)).status).to.equal(204)
    expect((await make()).status).to.equal(201)
  })

  test('a feed that is not read for half an hour is removed', async () => {
    const own = await bareSymphony()
    after(() => own.stop())
    const { username } = own.people.Ada ?? {}
    const { id } = (await own.call('POST', '/agent/v5/datafeeds', { body: {} })).body
    await own.send('<messageML>x</messageML>')
    await own.callControl('/feeds/age', { username, minutes: 29 })
    expect((await own.call('POST', `/agent/v5/datafeeds/${id}/read`, { body: {} })).status).to.equal(200)
    await own.callControl('/feeds/age', { username, minutes: 31 })
    expect((await own.call('POST', `/agent/v5/datafeeds/${id}/read`, { body: {} })).status).to.equal(400)
    expect((await own.call('GET', '/agent/v5/datafeeds')).body).to.deep.equal([])
  })

  test('feeds are kept after their session ends, and can be lost', async () => {
    const feed = await open()
    await wire().callControl('/feeds/lose', { username: wire().people.Ada?.username })
    const { status, body } = await feeds('POST', `/${feed}/read`, {})
    expect([status, body]).to.deep.equal([400, { code: 400, message: 'Could not find a datafeed with the provided id' }])
    expect((await feeds('DELETE', `/${feed}`)).status, 'deleting it all the same, as BDKs do').to.equal(204)
  })

  test('reading marks the account as present', async () => {
    const own = await bareSymphony()
    after(() => own.stop())
    const presence = async () => (await own.call('GET', '/pod/v2/user/presence')).body.category
    const { id } = (await own.call('POST', '/agent/v5/datafeeds', { body: {} })).body
    await own.send('<messageML>x</messageML>')
    expect(await presence()).to.equal('OFFLINE')
    await own.call('POST', `/agent/v5/datafeeds/${id}/read`, { body: { ackId: '', updatePresence: true } })
    expect(await presence()).to.equal('AVAILABLE')
  })
})
