import { describe, test } from 'node:test'
import { expect } from 'chai'
import { runtime } from '../../../../support/services/symphony/runtime'
import { podAnswering, Refusing } from '../../../support/symphony-stub'

const user = (id: number, username: string) => ({ id, username, displayName: username.toUpperCase() })
const room = {
  roomAttributes: { name: 'Hall' },
  roomSystemInfo: { id: 'S1', active: true, createdByUserId: 1, creationDate: 1 },
}

/** The doctor's report about a pod. @param members its response to a request for the members of the room */
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
  test('lists the members of the room', async () => {
    const found = await finds([{ id: 1, owner: false }])
    expect(found).to.deep.include([true, 'the bot is in "Hall"'])
    expect(found).to.deep.include([false, 'BEN is not in "Hall"'])
    expect(found).to.deep.include([true, 'the bot may read datafeeds'])
  })

  test('reports of a room whose members the bot may not list that the bot is not a member, and nothing of others', async () => {
    const found = await finds(new Refusing(403, 'no member'))
    expect(found).to.deep.include([false, 'the bot is not in "Hall"'])
    expect(JSON.stringify(found)).to.not.include('BEN')
  })

  test('reports that the bot may not read datafeeds', async () => {
    expect(await finds([], new Refusing(403, 'no agent'))).to.deep.include([false, 'the bot may not read datafeeds (403)'])
  })
})
