import { describe, test } from 'node:test'
import { expect } from 'chai'
import { podCalls } from './support/calls'
import { ownPod } from './support/server'

const wire = ownPod({ Ada: {}, Ben: {}, Cleo: { kind: 'bot', inRoom: false } })
const { id, post, create, members } = podCalls(wire)

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

  test('a user is given by a number, which may be a text', async () => {
    const { roomSystemInfo } = await create({ name: 'Numbers only' })
    const add = (whom: unknown) => post(`/v1/room/${roomSystemInfo.id}/membership/add`, { id: whom })
    for (const whom of [[id('Ben')], {}, true, null, '', ' ', `${id('Ben')}.0`, 1.5, 'Ben'])
      expect((await add(whom)).status, JSON.stringify(whom)).to.equal(400)
    expect((await add(String(id('Ben')))).status).to.equal(200)
  })
})
