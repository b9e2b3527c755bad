import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Anything, bareSymphony, type Wire } from '../../support/symphony'

let wire: Wire
before(async () => {
  wire = await bareSymphony({
    Ada: {},
    Ben: {},
    Cleo: { kind: 'bot', inRoom: false },
    Dan: {
      kind: 'bot',
      inRoom: false,
      lacks: ['canCreatePrivateRoom', 'canCreatePublicRoom', 'isExternalRoomEnabled'],
      roles: ['USER_PROVISIONING'],
    },
  })
})
after(() => wire.stop())

const id = (name: string): number => Number(wire.people[name]?.id)
const post = (path: string, body?: unknown, as = 'Ada') => wire.call('POST', `/pod${path}`, { as, body })
const get = (path: string, as = 'Ada') => wire.call('GET', `/pod${path}`, { as })
const create = async (fields: object, as = 'Ada'): Promise<Anything> => (await post('/v3/room/create', fields, as)).body
const members = async (room: string): Promise<Record<string, boolean>> => {
  const { body } = await get(`/v2/room/${room}/membership/list`)
  return Object.fromEntries(body.map((one: Anything) => [one.id, one.owner]))
}

describe('making rooms', () => {
  // SYM-074
  test('a room has the attributes asked for, its creator as owner, and a URL-safe id', async () => {
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

  test('names have 50 characters at most and are unique but for case and spaces', async () => {
    await create({ name: 'Taken name' })
    for (const name of ['takenNAME', 'Taken name', 'x'.repeat(51), ' ', undefined, 7])
      expect((await post('/v3/room/create', { name })).status, String(name)).to.equal(400)
    expect((await post('/v3/room/create', { name: 'y'.repeat(50) })).status).to.equal(200)
  })

  test('combinations that cannot be are refused', async () => {
    for (const fields of [
      { public: true, viewHistory: false },
      { public: true, discoverable: false },
      { public: true, membersCanInvite: false },
      { crossPod: true, readOnly: true },
      { crossPod: true, public: true },
      { crossPod: true, discoverable: true },
      { public: 'yes' },
      { keywords: 'none' },
    ])
      expect((await post('/v3/room/create', { name: 'Odd', ...fields })).status, JSON.stringify(fields)).to.equal(400)
    expect((await create({ name: 'Open', public: true })).roomAttributes).to.include({ public: true, discoverable: true })
  })

  test('each kind needs its entitlement; compliance may say no', async () => {
    for (const fields of [{}, { public: true }]) {
      const { status, body } = await post('/v3/room/create', { name: 'Not mine', ...fields }, 'Dan')
      expect([status, body.code]).to.deep.equal([403, 403])
    }
    await wire.power('/entitlements', { username: wire.people.Dan?.username, lacks: ['isExternalRoomEnabled'] })
    expect((await post('/v3/room/create', { name: 'Outside', crossPod: true }, 'Dan')).status).to.equal(403)
    await wire.power('/answers', { username: wire.people.Ada?.username, status: 451, on: '/room/create' })
    expect((await post('/v3/room/create', { name: 'Blocked' })).status).to.equal(451)
  })
})

describe('finding rooms', () => {
  const search = (query: unknown, as = 'Ada', extra = '') => post(`/v3/room/search${extra}`, query, as)

  // SYM-010
  test('as the BDKs ask: explicit nulls and a capitalised boolean', async () => {
    const nulls = {
      labels: null,
      active: null,
      private: null,
      owner: null,
      creator: null,
      member: null,
      sortOrder: null,
      subType: null,
    }
    const { body } = await search({ query: 'acceptance', ...nulls }, 'Ada', '?skip=0&limit=10&includeNonDiscoverable=False')
    expect(body).to.have.all.keys('count', 'skip', 'limit', 'query', 'rooms', 'facetedMatchCount')
    expect(body).to.deep.include({ count: 1, skip: 0, limit: 10, query: { query: 'acceptance' } })
    expect(body.rooms[0].roomSystemInfo.id).to.equal(wire.people.Ada?.roomId)
    expect(body.facetedMatchCount).to.deep.equal([{ facet: 'queryRoomName', count: 1 }])
    expect((await search({ query: 'no such room' })).body).to.deep.include({ count: 0, rooms: [], facetedMatchCount: [] })
  })

  test('the query is required, a page holds 100 at most, orders are two', async () => {
    for (const [body, extra] of [
      [{}, ''],
      [{ query: null }, ''],
      [{ query: 'x' }, '?limit=101'],
      [{ query: 'x' }, '?limit=-1'],
      [{ query: 'x', sortOrder: 'RANDOM' }, ''],
    ] as const)
      expect((await search(body, 'Ada', extra)).status, JSON.stringify(body) + extra).to.equal(400)
  })

  test('others see public and discoverable rooms, and hidden ones only when asked for', async () => {
    await create({ name: 'Zebra hidden' })
    await create({ name: 'Zebra shown', discoverable: true })
    await create({ name: 'Zebra public', public: true })
    const names = async (as: string, extra = '') => {
      const { body } = await search({ query: 'zebra' }, as, extra)
      return body.rooms.map(({ roomAttributes }: Anything) => roomAttributes.name).sort()
    }
    expect(await names('Cleo')).to.deep.equal(['Zebra public', 'Zebra shown'])
    expect(await names('Ada')).to.have.length(3)
    expect(await names('Cleo', '?includeNonDiscoverable=true')).to.have.length(3)
    const { body } = await search({ query: 'zebra', private: true, owner: { id: id('Ada') }, creator: { id: id('Ada') } })
    expect(body.count).to.equal(2)
    expect((await search({ query: 'zebra', member: { id: id('Cleo') } })).body.count).to.equal(0)
  })

  test('the exact name comes first', async () => {
    await create({ name: 'Heron watch group' })
    await create({ name: 'Heron watch' })
    expect((await search({ query: 'heron WATCH' })).body.rooms[0].roomAttributes.name).to.equal('Heron watch')
  })
})

describe('changing rooms', () => {
  test('an owner updates what is named and leaves the rest', async () => {
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
    const { body } = await post(`/v1${path}?active=false`)
    expect(body.roomSystemInfo.active).to.equal(false)
    expect(body.immutableRoomAttributes).to.deep.equal({ public: false, readOnly: false, copyProtected: false, crossPod: false })
    expect((await get(`/v3/room/${roomSystemInfo.id}/info`)).body.roomSystemInfo.active).to.equal(false)
    expect((await wire.send('<messageML>x</messageML>', { to: roomSystemInfo.id })).status, 'writing there').to.equal(403)
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

describe('members', () => {
  test('members are added, promoted, demoted and removed', async () => {
    const { roomSystemInfo } = await create({ name: 'Comings and goings' })
    const room = `/v1/room/${roomSystemInfo.id}/membership`
    const change = (how: string, whom: string, as = 'Ada') => post(`${room}/${how}`, { id: id(whom) }, as)
    expect((await change('add', 'Cleo', 'Cleo')).status, 'oneself, uninvited').to.equal(403)
    expect((await change('add', 'Cleo')).body).to.deep.equal({ format: 'TEXT', message: 'Member added' })
    expect((await change('add', 'Ben', 'Cleo')).status, 'members may invite').to.equal(200)
    expect((await change('promoteOwner', 'Cleo', 'Cleo')).status).to.equal(403)
    await change('promoteOwner', 'Cleo')
    expect(await members(roomSystemInfo.id)).to.deep.equal({ [id('Ada')]: true, [id('Ben')]: false, [id('Cleo')]: true })
    await change('demoteOwner', 'Cleo')
    expect((await change('remove', 'Ben', 'Cleo')).status).to.equal(403)
    expect((await change('remove', 'Cleo', 'Cleo')).status, 'oneself').to.equal(200)
    expect((await change('remove', 'Ben')).status).to.equal(200)
    expect(await members(roomSystemInfo.id)).to.deep.equal({ [id('Ada')]: true })
    expect((await change('remove', 'Ben')).status).to.equal(400)
    expect((await post(`${room}/add`, { id: 1 })).status).to.equal(400)
  })

  test('where members may not invite, only owners add', async () => {
    const { roomSystemInfo } = await create({ name: 'By invitation', membersCanInvite: false })
    const add = (as: string, whom: string) => post(`/v1/room/${roomSystemInfo.id}/membership/add`, { id: id(whom) }, as)
    await add('Ada', 'Cleo')
    expect((await add('Cleo', 'Ben')).status).to.equal(403)
  })
})

describe('conversations', () => {
  // SYM-071, SYM-072
  test('the same people have the same conversation, whoever asks and however often they are named', async () => {
    const ask = async (ids: unknown[], as = 'Ada') => (await post('/v1/im/create', ids, as)).body.id
    const one = await ask([id('Ben')])
    expect([await ask([id('Ben'), id('Ben'), id('Ada')]), await ask([id('Ada')], 'Cleo')]).to.not.include(undefined)
    expect(await ask([String(id('Ben')), id('Ada')])).to.equal(one)
    const three = await ask([id('Ben'), id('Cleo')])
    expect(three).to.not.equal(one)
    expect(await ask([id('Ben'), id('Ada')], 'Cleo')).to.equal(three)
    const [im, mim] = [await get(`/v1/im/${one}/info`), await get(`/v2/streams/${three}/info`)]
    expect([im.body.streamType.type, mim.body.streamType.type]).to.deep.equal(['IM', 'MIM'])
    expect(mim.body.streamAttributes.members).to.have.members([id('Ada'), id('Ben'), id('Cleo')])
    expect((await get(`/v1/im/${one}/info`, 'Cleo')).status).to.equal(403)
    expect((await get(`/v1/im/${wire.people.Ada?.roomId}/info`)).status, 'a room').to.equal(400)
  })

  test('nobody, oneself alone, and ids of nobody make none', async () => {
    for (const body of [[], {}, [id('Ada')], [1], ['x'], [null]])
      expect((await post('/v1/im/create', body)).status, JSON.stringify(body)).to.equal(400)
  })

  test('one’s streams are listed by type; inactive rooms only when asked for', async () => {
    const list = async (body: unknown, query = '') => (await post(`/v1/streams/list${query}`, body)).body
    const ims = await list({ streamTypes: [{ type: 'IM' }], includeInactiveStreams: null })
    expect(ims.every(({ streamType }: Anything) => streamType.type === 'IM')).to.equal(true)
    const { roomSystemInfo } = await create({ name: 'To be closed' })
    await post(`/v1/room/${roomSystemInfo.id}/setActive?active=false`)
    const has = (all: Anything[]) => all.some((stream) => stream.id === roomSystemInfo.id)
    expect([has(await list({})), has(await list({ includeInactiveStreams: true }))]).to.deep.equal([false, true])
    expect(await list(undefined, '?skip=1&limit=1')).to.have.length(1)
  })
})
