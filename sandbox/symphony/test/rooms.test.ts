import { describe, test } from 'node:test'
import { expect } from 'chai'
import { podCalls } from './support/calls'
import { ownPod } from './support/server'

const PEOPLE = {
  Ada: {},
  Ben: {},
  Cleo: { kind: 'bot', inRoom: false },
  Dan: {
    kind: 'bot',
    inRoom: false,
    lacks: ['canCreatePrivateRoom', 'canCreatePublicRoom', 'isExternalRoomEnabled'],
    roles: ['USER_PROVISIONING'],
  },
}
const wire = ownPod(PEOPLE)
const { id, get, post, create, members } = podCalls(wire)

describe('creating rooms', () => {
  // SYM-074
  test('a room has the requested attributes, its creator as owner, and a URL-safe id', async () => {
    const made = await create({ name: 'Gloves', description: 'Lost ones', keywords: [{ key: 'k', value: 'v' }], subType: null })
    expect(made.roomAttributes).to.include({ name: 'Gloves', description: 'Lost ones', public: false, crossPod: false })
    expect(made.roomSystemInfo).to.include({ createdByUserId: id('Ada'), active: true })
    expect(made.roomSystemInfo.id).to.match(/^[\w-]{15,50}$/)
    expect(await members(made.roomSystemInfo.id)).to.deep.equal({ [id('Ada')]: true })
    expect((await get(`/v3/room/${made.roomSystemInfo.id}/info`)).body).to.deep.equal(made)
    const { body } = await get(`/v2/streams/${made.roomSystemInfo.id}/info`)
    expect(body).to.deep.include({
      streamType: { type: 'ROOM' },
      roomAttributes: { name: 'Gloves' },
      active: true,
      origin: 'INTERNAL',
    })
  })

  test('names have at most 50 characters and are unique regardless of case and spaces', async () => {
    await create({ name: 'Taken name' })
    for (const name of ['takenNAME', 'Taken name', 'x'.repeat(51), ' ', undefined, 7])
      expect((await post('/v3/room/create', { name })).status, String(name)).to.equal(400)
    expect((await post('/v3/room/create', { name: 'y'.repeat(50) })).status).to.equal(200)
  })

  test('invalid combinations are refused', async () => {
    for (const fields of [
      { public: true, viewHistory: false },
      { public: true, discoverable: false },
      { public: true, membersCanInvite: false },
      { crossPod: true, readOnly: true },
      { crossPod: true, public: true },
      { crossPod: true, discoverable: true },
      { public: 'yes' },
      { keywords: 'none' },
      { keywords: [null] },
      { keywords: ['k'] },
      { keywords: [{ key: 'k' }] },
      { keywords: [{ key: 'k', value: 7 }] },
    ])
      expect((await post('/v3/room/create', { name: 'Odd', ...fields })).status, JSON.stringify(fields)).to.equal(400)
    const strange = { name: 'Strange fields', constructor: 7, toString: 'x', nothing: true }
    expect((await post('/v3/room/create', strange)).status, 'what no room has').to.equal(200)
    expect((await create({ name: 'Open', public: true })).roomAttributes).to.include({ public: true, discoverable: true })
  })

  test('each kind needs its entitlement; compliance may refuse', async () => {
    for (const fields of [{}, { public: true }]) {
      const { status, body } = await post('/v3/room/create', { name: 'Not mine', ...fields }, 'Dan')
      expect([status, body.code]).to.deep.equal([403, 403])
    }
    await wire().callControl('/entitlements', { username: wire().people.Dan?.username, lacks: ['isExternalRoomEnabled'] })
    expect((await post('/v3/room/create', { name: 'Outside', crossPod: true }, 'Dan')).status).to.equal(403)
    await wire().callControl('/answers', { username: wire().people.Ada?.username, status: 451, on: '/room/create' })
    expect((await post('/v3/room/create', { name: 'Blocked' })).status).to.equal(451)
  })
})

describe('changing rooms', () => {
  test('an owner updates the given attributes only', async () => {
    const { roomSystemInfo, roomAttributes } = await create({ name: 'Before', description: 'Stays' })
    const { body } = await post(`/v3/room/${roomSystemInfo.id}/update`, { name: 'After' })
    expect(body.roomAttributes).to.deep.equal({ ...roomAttributes, name: 'After' })
    expect((await post(`/v3/room/${roomSystemInfo.id}/update`, { name: 'after' })).status, 'its own name').to.equal(200)
    expect((await post(`/v3/room/${roomSystemInfo.id}/update`, { name: 'X' }, 'Cleo')).status).to.equal(403)
  })

  // SYM-074
  test('an owner, or an administrator, deactivates and reactivates', async () => {
    const { roomSystemInfo } = await create({ name: 'Short-lived' })
    const path = `/room/${roomSystemInfo.id}/setActive`
    expect((await post(`/v1${path}?active=false`, undefined, 'Cleo')).status).to.equal(403)
    for (const query of ['', '?active=', '?active=closed']) expect((await post(`/v1${path}${query}`)).status, query).to.equal(400)
    expect((await get(`/v3/room/${roomSystemInfo.id}/info`)).body.roomSystemInfo.active, 'still').to.equal(true)
    const { body } = await post(`/v1${path}?active=false`)
    expect(body.roomSystemInfo.active).to.equal(false)
    expect(body.immutableRoomAttributes).to.deep.equal({ public: false, readOnly: false, copyProtected: false, crossPod: false })
    expect((await get(`/v3/room/${roomSystemInfo.id}/info`)).body.roomSystemInfo.active).to.equal(false)
    expect((await wire().send('<messageML>x</messageML>', { to: roomSystemInfo.id })).status, 'writing there').to.equal(403)
    expect((await post(`/v1/admin${path}?active=true`)).status).to.equal(403)
    expect((await post(`/v1/admin${path}?active=true`, undefined, 'Dan')).body.roomSystemInfo.active).to.equal(true)
  })

  test('unknown rooms are 400, private ones of others 403', async () => {
    const { roomSystemInfo } = await create({ name: 'Private to Ada' })
    for (const [path, status] of [
      ['/v3/room/unknown/info', 400],
      ['/v2/room/unknown/membership/list', 400],
      ['/v2/streams/unknown/info', 400],
      [`/v3/room/${roomSystemInfo.id}/info`, 403],
      [`/v2/room/${roomSystemInfo.id}/membership/list`, 403],
      [`/v2/streams/${roomSystemInfo.id}/info`, 403],
    ] as const)
      expect((await get(path, 'Cleo')).status, path).to.equal(status)
  })
})
