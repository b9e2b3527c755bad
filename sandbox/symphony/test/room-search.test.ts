import { describe, test } from 'node:test'
import { expect } from 'chai'
import { podCalls } from './support/calls'
import { type Anything, ownPod } from './support/server'

const wire = ownPod({ Ada: {}, Ben: {}, Cleo: { kind: 'bot', inRoom: false } })
const { id, post, create } = podCalls(wire)

describe('searching rooms', () => {
  const search = (query: unknown, as = 'Ada', extra = '') => post(`/v3/room/search${extra}`, query, as)

  // SYM-010
  test('as the BDKs do: explicit nulls and a capitalised boolean', async () => {
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
    expect(body.rooms[0].roomSystemInfo.id).to.equal(wire().people.Ada?.roomId)
    expect(body.facetedMatchCount).to.deep.equal([{ facet: 'queryRoomName', count: 1 }])
    expect((await search({ query: 'no such room' })).body).to.deep.include({ count: 0, rooms: [], facetedMatchCount: [] })
  })

  test('the query is required, a page contains at most 100, there are two orders', async () => {
    for (const [body, extra] of [
      [{}, ''],
      [{ query: null }, ''],
      [{ query: 'x' }, '?limit=101'],
      [{ query: 'x' }, '?limit=-1'],
      [{ query: 'x', sortOrder: 'RANDOM' }, ''],
    ] as const)
      expect((await search(body, 'Ada', extra)).status, JSON.stringify(body) + extra).to.equal(400)
  })

  test('others see public and discoverable rooms, and hidden ones only on request', async () => {
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
