import { describe, test } from 'node:test'
import { expect } from 'chai'
import { podAnswering } from '../../../support/symphony-stub'

const roomNamed = (name: string, at: number) => ({
  roomAttributes: { name },
  roomSystemInfo: { id: `S${at}`, active: true, createdByUserId: 1, creationDate: 1 },
})

/** A pod with these rooms, all of which every search brings, in pages. */
const podWith = (names: readonly string[], seen: string[] = []) =>
  podAnswering((_method, { searchParams }) => {
    const [skip, limit] = [Number(searchParams.get('skip')), Number(searchParams.get('limit'))]
    return { count: names.length, rooms: names.map(roomNamed).slice(skip, skip + limit) }
  }, seen)

const alike = Array.from({ length: 120 }, (_, at) => `Test room ${at}`)

describe('looking for a room', () => {
  // SYM-010
  test('the exact name is found however many others are like it, and no page is asked for without need', async () => {
    const seen: string[] = []
    const pod = await podWith([...alike, 'TEST ROOM'], seen)
    expect((await pod.findChannel('Test room'))?.id).to.equal('S120')
    expect(seen.filter((call) => call.includes('/search'))).to.have.length(3)
    seen.length = 0
    expect((await pod.findChannel('test room 7'))?.id).to.equal('S7')
    expect(seen).to.have.length(1)
  })

  test('without that name the only one is taken, and of several none', async () => {
    expect((await (await podWith(['Test room'])).findChannel('Test'))?.id).to.equal('S0')
    for (const names of [[], ['Test room', 'Test hall'], alike])
      expect(await (await podWith(names)).findChannel('Test')).to.equal(undefined)
  })
})
