import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { startSymphony } from '../server'
import { podCalls } from './support/calls'
import { type Anything, ownPod } from './support/server'

const wire = ownPod({ Ada: {}, Ben: {}, Cleo: { kind: 'bot', inRoom: false } })
const { id, get, post, create } = podCalls(wire)

describe('conversations', () => {
  // SYM-071, SYM-072
  test('the same people have the same conversation, whoever creates it and however often they are listed', async () => {
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
    expect(im.body).to.deep.include({ V1IMAttributes: {} })
    expect(im.body.IMSystemInfo).to.include({ id: one, active: true }).and.have.property('creationDate').that.is.a('number')
    expect((await get(`/v1/im/${one}/info`, 'Cleo')).status).to.equal(403)
    expect((await get(`/v1/im/${wire().people.Ada?.roomId}/info`)).status, 'a room').to.equal(400)
  })

  test('an empty list, only oneself, and unknown ids are refused', async () => {
    for (const body of [[], {}, [id('Ada')], [1], ['x'], [null], [[id('Ben')]], [{ id: id('Ben') }], id('Ben'), 'x', null])
      expect((await post('/v1/im/create', body)).status, JSON.stringify(body)).to.equal(400)
  })

  test('the caller’s streams are listed by type; inactive rooms only on request', async () => {
    const list = async (body: unknown, query = '') => (await post(`/v1/streams/list${query}`, body)).body
    const ims = await list({ streamTypes: [{ type: 'IM' }], includeInactiveStreams: null })
    expect(ims.every(({ streamType }: Anything) => streamType.type === 'IM')).to.equal(true)
    const { roomSystemInfo } = await create({ name: 'To be closed' })
    await post(`/v1/room/${roomSystemInfo.id}/setActive?active=false`)
    const has = (all: Anything[]) => all.some((stream) => stream.id === roomSystemInfo.id)
    expect([has(await list({})), has(await list({ includeInactiveStreams: true }))]).to.deep.equal([false, true])
    expect(await list(undefined, '?skip=1&limit=1')).to.have.length(1)
  })

  test('a sandbox of its own has two people besides the bot, one of whom has written in the room', async () => {
    const { control, variables, stop } = await startSymphony()
    after(stop)
    const { users, messages } = (await (await fetch(`${control}/state`)).json()) as Anything
    const named = (name: string | undefined): number => users.find(([, user]: [number, Anything]) => user.username === name)?.[0]
    const [ben, cleo] = [named(variables.SYMPHONY_TEST_USER_NAME), named(variables.SYMPHONY_TEST_USER_NAME_2)]
    expect([ben, cleo]).to.not.include(undefined)
    expect(messages.map(([, { authorId }]: [string, Anything]) => authorId)).to.deep.equal([ben])
  })
})
