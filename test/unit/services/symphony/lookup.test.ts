import { describe, test } from 'node:test'
import { expect } from 'chai'
import { UsageError } from '../../../../support/config/errors'
import { SymphonyChat } from '../../../../support/services/symphony/adapter'
import { podAnswering, Refusing } from '../../../support/symphony-stub'

const roomNamed = (name: string, at: number) => ({
  roomAttributes: { name },
  roomSystemInfo: { id: `S${at}`, active: true, createdByUserId: 1, creationDate: 1 },
})

/** A pod with these rooms, all of which every search brings, in pages. */
const podWith = (names: readonly string[], seen: string[] = []) =>
  podAnswering((_method, { pathname, searchParams }) => {
    if (pathname.endsWith('/info')) return names.map(roomNamed).find((_room, at) => pathname.includes(`/S${at}/`))
    const [skip, limit] = [Number(searchParams.get('skip')), Number(searchParams.get('limit'))]
    return { count: names.length, rooms: names.map(roomNamed).slice(skip, skip + limit) }
  }, seen)

const alike = Array.from({ length: 120 }, (_, at) => `Test room ${at}`)

describe('looking for a room', () => {
  // SYM-010
  test('the exact name is found however many others are like it', async () => {
    const seen: string[] = []
    const pod = await podWith([...alike, 'TEST ROOM'], seen)
    expect((await pod.findChannel('Test room'))?.id).to.equal('S120')
    expect(seen.filter((call) => call.includes('/search'))).to.have.length(2)
    expect((await pod.findChannel('test room 7'))?.id).to.equal('S7')
  })

  test('a room that merely looks like it is never taken, not even the only one', async () => {
    for (const names of [[], ['Test room'], ['Test room', 'Test hall'], alike])
      expect(await (await podWith(names)).findChannel('Test')).to.equal(undefined)
  })

  test('of two rooms of one name, wherever they are listed, none is taken, and both ids are named', async () => {
    const pod = await podWith(['Test room', ...alike, 'test ROOM'])
    const refused = await failure(() => pod.findChannel('Test room'))
    expect(refused).to.be.instanceOf(UsageError)
    expect(String(refused)).to.include('S0').and.include('S121').and.include('the id of the room')
  })

  test('a room that was closed does not stand in the way of the one that is open', async () => {
    const closed = { ...roomNamed('Test room', 0), roomSystemInfo: { ...roomNamed('', 0).roomSystemInfo, active: false } }
    const open = roomNamed('Test room', 1)
    const pod = await podAnswering((_method, { pathname }) =>
      pathname.endsWith('/info') ? open : { count: 2, rooms: [closed, open] },
    )
    expect((await pod.findChannel('Test room'))?.id).to.equal('S1')
  })

  test('the configured room may be given by its id; an error about it contains the variable', async () => {
    const id = 'a-stream-id-of-some-length_0123456789'
    const pod = await configured(id, (path) => {
      if (path.includes('/search')) return { count: 0, rooms: [] }
      return path.includes(id)
        ? { ...roomNamed('Hall', 0), roomSystemInfo: { ...roomNamed('', 0).roomSystemInfo, id } }
        : undefined
    })
    expect(await pod.channel()).to.include({ id, name: 'Hall' })
    const unknown = await configured(id, (path) =>
      path.includes('/search') ? { count: 0, rooms: [] } : new Refusing(400, 'Could not find a stream'),
    )
    expect(String(await failure(() => unknown.channel())))
      .to.include('SYMPHONY_TEST_ROOM_NAME')
      .and.include(id)
    const twice = await configured('Hall', () => ({ count: 2, rooms: [roomNamed('Hall', 0), roomNamed('HALL', 1)] }))
    expect(String(await failure(() => twice.channel()))).to.match(/SYMPHONY_TEST_ROOM_NAME.*S0.*S1/)
  })
})

type Someone = { id: number; username: string; displayName: string; emailAddress?: string }

/** A pod with these people: looked up by username and email, and searched in pages of two. */
const podOf = (people: readonly Someone[]) =>
  podAnswering((_method, { pathname, searchParams }) => {
    const [uid, username, email] = ['uid', 'username', 'email'].map((name) => searchParams.get(name))
    if (pathname.endsWith('/v3/users')) {
      const users = people.filter(
        (one) => String(one.id) === uid || one.username === username || (email && one.emailAddress === email),
      )
      return users.length > 0 ? { users } : undefined
    }
    const page = people.slice(Number(searchParams.get('skip'))).slice(0, 2)
    return page.length > 0 ? { count: people.length, users: page } : undefined
  })

describe('searching a person', () => {
  const ben = { id: 12, username: 'ben', displayName: 'Ben Okafor', emailAddress: 'ben@example.com' }
  const others = [
    { id: 3, username: 'zoe', displayName: 'ben' },
    { id: 4, username: 'yan', displayName: 'ben@example.com' },
    { id: 5, username: 'kim', displayName: 'Kim Lee' },
    { id: 6, username: 'kim2', displayName: 'kim lee' },
  ]

  test('a username comes before an email, and an email before a display name', async () => {
    const pod = await podOf([...others, ben])
    for (const name of ['ben', 'ben@example.com', 'BEN OKAFOR']) expect((await pod.findPerson(name))?.id, name).to.equal('12')
  })

  test('of two people of one display name, whichever page they are on, none is taken, and both usernames are named', async () => {
    const refused = await failure(async () => (await podOf([...others, ben])).findPerson('Kim Lee'))
    expect(refused).to.be.instanceOf(UsageError)
    expect(String(refused)).to.match(/kim \(Kim Lee\) and kim2 \(kim lee\).*the username/)
  })

  test('the configured user is found by the same rule; an error contains the variable', async () => {
    const double = await podOf([
      { id: 1, username: 'a', displayName: 'Ben' },
      { id: 2, username: 'b', displayName: 'BEN' },
    ])
    expect(String(await failure(() => double.person('Ben')))).to.match(
      /SYMPHONY_TEST_USER_NAME: "ben" is ambiguous.*a \(Ben\).*b \(BEN\)/,
    )
    expect(String(await failure(async () => (await podOf([])).person('Ben')))).to.include('SYMPHONY_TEST_USER_NAME')
  })
})

async function failure(action: () => Promise<unknown>): Promise<unknown> {
  return action().then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** A pod whose room is configured by this name or id. */
async function configured(named: string, answer: (path: string) => unknown): Promise<SymphonyChat> {
  const { client } = await podAnswering((_method, { pathname }) => answer(pathname))
  return SymphonyChat.of({ ...client.access, setting: (name) => (name === 'SYMPHONY_TEST_ROOM_NAME' ? named : undefined) })
}
