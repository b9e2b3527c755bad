import { describe, test } from 'node:test'
import { expect } from 'chai'
import { feedCalls, messageCalls } from './support/calls'
import { type Anything, ownPod } from './support/server'

const wire = ownPod()
const { open, read } = feedCalls(wire)

describe('events', () => {
  test('of rooms, members, messages and conversations have their payloads', async () => {
    const feed = await open()
    const pod = (path: string, body?: unknown) => wire().call('POST', `/pod${path}`, { body })
    const room = (await pod('/v3/room/create', { name: 'Told' })).body.roomSystemInfo.id
    const ben = { id: Number(wire().people.Ben?.id) }
    for (const how of ['add', 'promoteOwner', 'demoteOwner', 'remove']) await pod(`/v1/room/${room}/membership/${how}`, ben)
    await pod(`/v3/room/${room}/update`, { description: 'x' })
    const { messageId } = (await wire().send('<messageML>x</messageML>', { to: room })).body
    await pod(`/v1/admin/messagesuppression/${messageId}/suppress`)
    await pod(`/v1/room/${room}/setActive?active=false`)
    await pod(`/v1/room/${room}/setActive?active=true`)
    await pod('/v1/im/create', [ben.id])
    const { events } = await read(feed)
    expect(events.map(({ type, payload }: Anything) => [type, Object.keys(payload)[0]])).to.deep.equal([
      ['ROOMCREATED', 'roomCreated'],
      ['USERJOINEDROOM', 'userJoinedRoom'],
      ['ROOMMEMBERPROMOTEDTOOWNER', 'roomMemberPromotedToOwner'],
      ['ROOMMEMBERDEMOTEDFROMOWNER', 'roomMemberDemotedFromOwner'],
      ['USERLEFTROOM', 'userLeftRoom'],
      ['ROOMUPDATED', 'roomUpdated'],
      ['MESSAGESENT', 'messageSent'],
      ['MESSAGESUPPRESSED', 'messageSuppressed'],
      ['ROOMDEACTIVATED', 'roomDeactivated'],
      ['ROOMREACTIVATED', 'roomReactivated'],
      ['INSTANTMESSAGECREATED', 'instantMessageCreated'],
    ])
    expect(events[0].payload.roomCreated).to.have.all.keys('stream', 'roomProperties')
    const { creatorUser, createdDate, ...properties } = events[0].payload.roomCreated.roomProperties
    expect([creatorUser.userId, typeof createdDate]).to.deep.equal([Number(wire().people.Ada?.id), 'number'])
    expect(properties).to.include({ name: 'Told', public: false, canViewHistory: true, external: false })
    expect(events[5].payload.roomUpdated.newRoomProperties).to.include({ name: 'Told', description: 'x' })
    expect(events[1].payload.userJoinedRoom.affectedUser.userId).to.equal(ben.id)
    expect(events[7].payload.messageSuppressed).to.deep.include({ messageId })
  })

  test('are not sent where nothing changed', async () => {
    const feed = await open()
    const room = (await wire().call('POST', '/pod/v3/room/create', { body: { name: 'Twice' } })).body.roomSystemInfo.id
    const ben = { id: Number(wire().people.Ben?.id) }
    for (const how of ['add', 'add', 'promoteOwner', 'promoteOwner', 'demoteOwner', 'demoteOwner'])
      expect((await wire().call('POST', `/pod/v1/room/${room}/membership/${how}`, { body: ben })).status).to.equal(200)
    const { events } = await read(feed)
    expect(events.map(({ type }: Anything) => type)).to.deep.equal([
      'ROOMCREATED',
      'USERJOINEDROOM',
      'ROOMMEMBERPROMOTEDTOOWNER',
      'ROOMMEMBERDEMOTEDFROMOWNER',
    ])
  })

  test('say whether a change was silent', async () => {
    const feed = await open()
    const { update } = messageCalls(wire)
    const { messageId } = (await wire().send('<messageML>x</messageML>')).body
    const changed = (await update(messageId, '<messageML>y</messageML>', 'Ada', '?silent=False')).body
    expect(changed.silent).to.equal(false)
    expect((await read(feed)).events.at(-1).payload.messageSent.message).to.deep.equal(changed)
  })
})

describe('events without a call', () => {
  test('are sent through the control API to their recipients', async () => {
    const feed = await open()
    const { username } = wire().people.Ada ?? {}
    const payload = { symphonyElementsAction: { formId: 'f', formValues: { a: '1' } } }
    await wire().callControl('/events', {
      username: wire().people.Ben?.username,
      to: username,
      type: 'SYMPHONYELEMENTSACTION',
      payload,
    })
    const [event] = (await read(feed)).events
    expect(event).to.deep.include({ type: 'SYMPHONYELEMENTSACTION', payload })
    expect(event.initiator.user.userId).to.equal(Number(wire().people.Ben?.id))
  })
})
