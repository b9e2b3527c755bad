import { describe, test } from 'node:test'
import { expect } from 'chai'
import { runtime } from '../../../../support/services/symphony/runtime'
import { podAnswering, Refusing } from '../../../support/symphony-stub'

const user = (id: number, username: string) => ({ id, username, displayName: username.toUpperCase() })
const room = {
  roomAttributes: { name: 'Hall' },
  roomSystemInfo: { id: 'S1', active: true, createdByUserId: 1, creationDate: 1 },
}

/** What the doctor says of a pod. @param members what it answers when asked who is in the room */
async function finds(members: unknown, feeds: unknown = []): Promise<[boolean, string][]> {
  const { client } = await podAnswering((_method, { pathname }) => {
    if (pathname.endsWith('/sessioninfo')) return user(1, 'bot')
    if (pathname.endsWith('/users')) return { users: [user(2, 'ben')] }
    if (pathname.endsWith('/room/search')) return { count: 1, rooms: [room] }
    if (pathname.includes('/room/') && pathname.endsWith('/info')) return room
    if (pathname.endsWith('/info')) return { version: 'Agent-1.0' }
    return pathname.endsWith('/membership/list') ? members : feeds
  })
  return ((await runtime.probe?.(client.access)) ?? []).map(({ ok, says }) => [ok, says])
}

describe('the doctor', () => {
  test('says who is in the room', async () => {
    const found = await finds([{ id: 1, owner: false }])
    expect(found).to.deep.include([true, 'the bot is in "Hall"'])
    expect(found).to.deep.include([false, 'BEN is not in "Hall"'])
    expect(found).to.deep.include([true, 'the bot may read datafeeds'])
  })

  test('of a room whose members the bot may not know says that it is not in there, and of others nothing', async () => {
    const found = await finds(new Refusing(403, 'no member'))
    expect(found).to.deep.include([false, 'the bot is not in "Hall"'])
    expect(JSON.stringify(found)).to.not.include('BEN')
  })

  test('says that datafeeds are not the bot’s to read', async () => {
    expect(await finds([], new Refusing(403, 'no agent'))).to.deep.include([false, 'the bot may not read datafeeds (403)'])
  })
})
