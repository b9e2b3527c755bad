import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type Anything, ownPod } from '../../../../sandbox/symphony/test/support/server'
import { SymphonyChat } from '../../../../support/services/symphony/adapter'
import { undo } from '../../../../support/services/symphony/undo'
import { accessTo } from '../../../support/access'
import { finisher } from '../../../support/finished'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

const RUN = '1700000000-abcdef'
const NAME = `One red glove ${RUN}-1`
const TAG = `acceptance-suite-${RUN}`

const pod = ownPod({ Ada: {}, Ben: { kind: 'bot' }, Robot: { kind: 'bot' } })

const chat = (): Promise<SymphonyChat> => SymphonyChat.of(accessTo(pod().address, pod().people).access)
const id = (name: string): string => pod().people[name]?.id ?? ''
const there = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ account: id('Ada'), placeKind: 'channel', place: pod().people.Ada?.roomId ?? '' },
  ...more,
})
const ofRobot = (): { account: string } => ({ account: id('Robot') })
const of = (made: Partial<Stranger> & { id: string }): Stranger => ({ name: NAME, by: 'Ada', data: there(), ...made })

const ok = async (method: string, path: string, options: object = {}): Promise<Anything> => {
  const { status, body } = await pod().call(method, path, options)
  if (status >= 300) throw new Error(`${method} ${path} returned ${status}: ${JSON.stringify(body)}`)
  return body
}
const said = async (as: string, text: string): Promise<string> =>
  (await pod().send(`<messageML>${text}</messageML>`, { as })).body.messageId
const room = async (as: string, name: string): Promise<string> =>
  (await ok('POST', '/pod/v3/room/create', { as, body: { name, description: 'A room' } })).roomSystemInfo.id
const feed = async (as: string, tag: string): Promise<string> =>
  (await ok('POST', '/agent/v5/datafeeds', { as, body: { tag } })).id
const appear = (as: string, category: string) => ok('POST', '/pod/v2/user/presence', { as, body: { category } })

/** All but sessions: every test signs in anew. */
async function state(): Promise<object> {
  const { sessions: _sessions, ...rest } = (await (await fetch(`${pod().control}/state`)).json()) as Record<string, unknown>
  return rest
}

const strangers: Record<string, () => Promise<Stranger[]>> = {
  message: async () => [
    of({ id: await said('Ben', NAME) }),
    of({ id: await said('Robot', NAME) }),
    of({ id: await said('Ada', 'One red glove') }),
    of({ id: await said('Ada', `One red glove ${RUN}-13`) }),
    of({ id: await said('Ada', 'One red glove 1600000000-fedcba-1') }),
    of({ id: await said('Ada', 'Hello'), data: there({ sent: 'Hello' }), at: Date.now() - 3_600_000 }),
    of({ id: await said('Ben', 'Hello'), data: there({ sent: 'Hello' }) }),
    of({ id: await said('Ada', NAME), data: there(ofRobot()) }),
    { name: NAME, by: 'Ada', data: there(ofRobot()) },
  ],
  room: async () => {
    const data = { account: id('Ada') }
    const [robots, own] = [await room('Robot', NAME), await room('Ada', 'Lost gloves')]
    const [next, before] = [await room('Ada', `${NAME}0`), await room('Ada', `Room ${RUN}-2`)]
    const members = { body: { id: Number(id('Ada')) }, as: 'Robot' }
    await ok('POST', `/pod/v1/room/${robots}/membership/add`, members)
    await ok('POST', `/pod/v1/room/${robots}/membership/promoteOwner`, members)
    return [
      ...[robots, own, next, there().place ?? ''].map((one) => of({ id: one, data })),
      of({ id: before, name: `Room ${RUN}-2`, data: ofRobot() }),
      { name: NAME, by: 'Ada', data },
      { name: `Room ${RUN}-2`, by: 'Ada', data: ofRobot() },
    ]
  },
  presence: async () => {
    await appear('Ada', 'BUSY')
    return [
      of({ id: id('Ada'), data: { account: id('Ada'), was: 'AVAILABLE', set: 'away' } }),
      of({ id: id('Ada'), data: { ...ofRobot(), was: 'AVAILABLE', set: 'busy' } }),
      of({ id: id('Ada'), data: { account: id('Ada') } }),
    ]
  },
  datafeed: async () => {
    const [robots, own, untagged] = [await feed('Robot', TAG), await feed('Ada', 'another-program'), await feed('Ada', '')]
    const other = await feed('Ada', 'acceptance-suite-1700000000-fedcba')
    const data = { account: id('Ada'), tag: TAG }
    return [
      ...[robots, own, untagged, other].map((one) => of({ id: one, name: 'a datafeed', data })),
      of({ id: untagged, name: 'a datafeed', data: { account: id('Ada'), tag: '' } }),
      of({ id: own, name: 'a datafeed', data: { ...ofRobot(), tag: 'another-program' } }),
      { name: 'a datafeed', by: 'Ada', data },
      { name: 'a datafeed', by: 'Ada', data: { ...ofRobot(), tag: 'another-program' } },
    ]
  },
}

describe('things that are not of this run', () => {
  leavesStrangersAlone(() => ({ service: 'symphony', undo, clients: chat, look: state, strangers }), Object.keys(strangers))
})

describe('things of this run', () => {
  const finished = finisher<SymphonyChat>('symphony', undo, chat)
  /** Suppressed messages and closed rooms stay behind; only visible things are compared here. */
  const shown = async (): Promise<unknown> => {
    const { body } = await pod().call('GET', `/agent/v4/stream/${there().place}/message?since=0&limit=500`)
    return body
  }

  test('a message is hidden, also one that was edited, sent without an id, or without a response', async () => {
    const before = await shown()
    expect(await finished('message', of({ id: await said('Ada', NAME) }))).to.equal('hidden')
    const edited = await said('Ada', NAME)
    const form = new FormData()
    form.set('message', `<messageML>Two red gloves ${RUN}-1</messageML>`)
    await ok('POST', `/agent/v4/stream/${there().place}/message/${edited}/update`, { form })
    expect(await finished('message', of({ id: edited }))).to.equal('hidden')
    expect(await finished('message', of({ id: await said('Ada', 'Hello'), data: there({ sent: 'Hello' }) }))).to.equal('hidden')
    const lost = `One blue glove ${RUN}-3`
    const [unanswered, quoting] = [await said('Ada', lost), await said('Ada', `Quoting ${RUN}-2: ${lost}`)]
    expect(await finished('message', { name: lost, by: 'Ada', data: there() })).to.equal('hidden')
    expect((await pod().call('GET', `/agent/v1/message/${unanswered}`)).status).to.equal(204)
    expect(await finished('message', of({ id: quoting, name: `Quoting ${RUN}-2` }))).to.equal('hidden')
    expect(await shown()).to.deep.equal(before)
  })

  test('a room is closed, by its id and by its name', async () => {
    const data = { account: id('Ada') }
    for (const found of [true, false]) {
      const name = `Gloves ${RUN}-${found ? 4 : 5}`
      const made = await room('Ada', name)
      expect(await finished('room', { name, by: 'Ada', data, ...(found ? {} : { id: made }) })).to.equal('hidden')
      expect((await ok('GET', `/pod/v3/room/${made}/info`)).roomSystemInfo.active).to.equal(false)
    }
  })

  test('a presence is restored; one that no user has chosen becomes available', async () => {
    for (const [was, then] of [
      ['IN_A_MEETING', 'IN_A_MEETING'],
      ['AWAY', 'AWAY'],
      ['OFFLINE', 'AVAILABLE'],
    ] as const) {
      await appear('Ada', 'BUSY')
      expect(await finished('presence', of({ id: id('Ada'), data: { account: id('Ada'), was, set: 'busy' } }))).to.equal(
        'restored',
      )
      expect((await ok('GET', '/pod/v2/user/presence')).category).to.equal(then)
    }
  })

  test('a presence that was changed since to one with the same meaning is left', async () => {
    await appear('Ada', 'DO_NOT_DISTURB')
    const data = { account: id('Ada'), was: 'AVAILABLE', set: 'busy' }
    expect(await finished('presence', of({ id: id('Ada'), data }))).to.include('DO_NOT_DISTURB')
  })

  test('a datafeed is deleted, by its id and by its tag', async () => {
    const data = { account: id('Ada'), tag: TAG }
    const before = await state()
    const made = await feed('Ada', TAG)
    expect(await finished('datafeed', { name: 'a datafeed', by: 'Ada', data, id: made })).to.equal('removed')
    await feed('Ada', TAG)
    expect(await finished('datafeed', { name: 'a datafeed', by: 'Ada', data })).to.equal('removed')
    expect(await state()).to.deep.equal(before)
  })
})
