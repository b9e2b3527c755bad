import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack, type People } from '../../../../sandbox/slack/test/support/server'
import { SlackChat } from '../../../../support/services/slack/adapter'
import { slack as platform } from '../../../../support/services/slack/platform'
import { undo } from '../../../../support/services/slack/undo'
import { accessTo } from '../../../support/access'
import { finisher } from '../../../support/finished'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

const RUN = '1700000000-abcdef'
const NAME = `One red glove ${RUN}-1`
const FILE = 'glove.txt'

let others: People = {}
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {}, Dan: {} }, async (wire) => {
  others = await wire.others({ Ada: {}, Ben: {} })
})
const who = (name: string): Record<string, string> => slack.people[name] ?? {}
const id = (name: string): string => who(name).userId ?? ''
const token = (name: string): string => who(name).userToken ?? ''

/** @param lacks scopes that the bot's token lacks */
async function adapter(lacks: readonly string[] = []): Promise<SlackChat> {
  const botToken =
    lacks.length > 0
      ? (await slack.callControl('/people', { group: 'a test', people: [{ name: 'Ada', lacks }] })).people.Ada.botToken
      : slack.bot.botToken
  return SlackChat.of(accessTo(slack.address, { ...slack.people, Ada: { ...slack.bot, botToken } }).access, platform.can)
}

const there = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ account: id('Ada'), placeKind: 'channel', place: slack.bot.channelId ?? '' },
  ...more,
})
const ofOther = (): { account: string } => ({ account: others.Ada?.userId ?? '' })
const of = (made: Partial<Stranger> & { id: string }): Stranger => ({ name: NAME, by: 'Ada', data: there(), ...made })

const channel = (): string => slack.bot.channelId ?? ''
/** Posts as a person with their own token; as Ada with the bot's token. */
const said = async (as: string, text: string): Promise<string> =>
  (await slack.ok('chat.postMessage', { channel: channel(), text }, as === 'Ada' ? {} : { as: token(as) })).ts
const react = (as: string, timestamp: string, name = 'thumbsup') =>
  slack.ok('reactions.add', { channel: channel(), timestamp, name }, as === 'Ada' ? {} : { as: token(as) })
const direct = async (as: string, users: string): Promise<string> =>
  (await slack.ok('conversations.open', { users }, as === 'Ada' ? {} : { as: token(as) })).channel.id
/** Without the seconds at which an account was changed last, which stay when the change is undone. */
const state = async (): Promise<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(await slack.ask('/state')), (key, value: unknown) => (key === 'updated' ? undefined : value))
const status = (as: string, status_text: string, status_emoji: string, status_expiration = 0) =>
  slack.ok('users.profile.set', { profile: { status_text, status_emoji, status_expiration } }, { as: token(as) })
const json = (text: string, emoji: string, until = 0): string => JSON.stringify({ text, emoji, until })

const strangers: Record<string, () => Promise<Stranger[]>> = {
  message: async () => [
    of({ id: await said('Ben', NAME) }),
    of({ id: await said('Ada', 'One red glove') }),
    of({ id: await said('Ada', `One red glove ${RUN}-12`) }),
    of({ id: await said('Ada', `One red glove ${RUN}-1x2`) }),
    of({ id: await said('Ada', 'One red glove 1600000000-fedcba-1') }),
    of({ id: await said('Ada', 'Hello'), data: there({ sent: 'Hello' }), at: Date.now() - 3_600_000 }),
    of({ id: await said('Ben', 'Hello'), data: there({ sent: 'Hello' }) }),
    of({ id: await said('Ada', NAME), data: there(ofOther()) }),
    { name: NAME, by: 'Ada', data: there(ofOther()) },
  ],
  said: async () => {
    const his = there({ account: id('Ben') })
    return [
      of({ id: await said('Cleo', NAME), by: 'Ben', data: his }),
      of({ id: await said('Ada', NAME), by: 'Ben', data: his }),
      of({ id: await said('Ben', 'One red glove'), by: 'Ben', data: his }),
      of({ id: await said('Ben', `One red glove ${RUN}-11`), by: 'Ben', data: his }),
      of({ id: await said('Ben', NAME), by: 'Ben', data: there({ account: id('Cleo') }) }),
      { name: NAME, by: 'Ben', data: there({ account: id('Cleo') }) },
    ]
  },
  reaction: async () => {
    const [bens, own, twice] = [
      await said('Ben', 'Mine'),
      await said('Ada', `About ${RUN}-1`),
      await said('Ada', `Again ${RUN}-1`),
    ]
    for (const message of [bens, own]) await react('Ben', message)
    for (const message of [bens, twice]) await react('Ada', message)
    const on = (message: string, more = {}): Stranger =>
      of({ id: message, data: there({ message, reaction: 'thumbs up', on: `${RUN}-1`, ...more }) })
    return [on(bens), on(bens, { on: '' }), on(own), on(twice, ofOther()), on(twice, { on: `${RUN}-2` })]
  },
  direct: async () => {
    const people = id('Ben')
    const [own, ofPeople, bens, group] = [
      await direct('Ada', id('Cleo')),
      await direct('Cleo', id('Dan')),
      await direct('Ada', people),
      await direct('Ada', `${id('Ben')},${id('Cleo')}`),
    ]
    const name = `with ${people}`
    const data = { account: id('Ada'), people }
    return [
      ...[own, ofPeople, group, channel()].map((one) => of({ id: one, name, data })),
      of({ id: own, name, data: { account: id('Ada'), people: id('Dan') } }),
      of({ id: bens, name, data: { ...ofOther(), people } }),
      { name: `with ${id('Dan')}`, by: 'Ada', data: { ...ofOther(), people: id('Dan') } },
    ]
  },
  presence: async () => {
    await slack.ok('users.setPresence', { presence: 'away' })
    return [
      of({ id: id('Ada'), data: { account: id('Ada'), was: 'auto', set: 'available' } }),
      of({ id: id('Ada'), data: { ...ofOther(), was: 'auto', set: 'away' } }),
      of({ id: id('Ada'), data: { account: id('Ada'), set: 'away' } }),
    ]
  },
  absence: async () => {
    await slack.ok('users.setPresence', { presence: 'away' }, { as: token('Ben') })
    const his = { account: id('Ben'), was: 'false' }
    return [
      of({ id: id('Ben'), by: 'Ben', data: { ...his, set: 'false' } }),
      of({ id: id('Cleo'), by: 'Ben', data: { ...his, account: id('Cleo'), set: 'true' } }),
      of({ id: id('Ben'), by: 'Ben', data: { account: id('Ben'), set: 'true' } }),
    ]
  },
  status: async () => {
    await status('Ben', 'At lunch', ':pizza:', 4_000_000_000)
    const data = { account: id('Ben'), was: json('', ''), set: json('Running E2E Tests', ':test_tube:') }
    return [
      of({ id: id('Ben'), by: 'Ben', data }),
      of({ id: id('Ben'), by: 'Ben', data: { ...data, set: json('At lunch', ':pizza:') } }),
      of({ id: id('Cleo'), by: 'Ben', data: { ...data, account: id('Cleo'), set: json('At lunch', ':pizza:', 4_000_000_000) } }),
      of({ id: id('Ben'), by: 'Ben', data: { account: id('Ben'), set: json('At lunch', ':pizza:', 4_000_000_000) } }),
    ]
  },
}

describe('things that are not of this run', () => {
  leavesStrangersAlone(
    () => ({ service: 'slack', undo, clients: () => adapter(), look: state, strangers }),
    Object.keys(strangers),
  )
})

describe('things of this run', () => {
  const finished = finisher<SlackChat>('slack', undo, () => adapter())

  test('a message is removed, also one that was edited, sent without an id, or without a response', async () => {
    const before = await state()
    expect(await finished('message', of({ id: await said('Ada', NAME) }))).to.equal('removed')
    const edited = await said('Ada', NAME)
    await slack.ok('chat.update', { channel: channel(), ts: edited, text: `Two red gloves ${RUN}-1` })
    expect(await finished('message', of({ id: edited }))).to.equal('removed')
    expect(await finished('message', of({ id: await said('Ada', 'Hello'), data: there({ sent: 'Hello' }) }))).to.equal('removed')
    const lost = `One blue glove ${RUN}-3`
    const [unanswered, quoting] = [await said('Ada', lost), await said('Ada', `Quoting ${RUN}-2: ${lost}`)]
    expect(await finished('message', { name: lost, by: 'Ada', data: there() })).to.equal('removed')
    expect(await slack.error('reactions.get', { channel: channel(), timestamp: unanswered })).to.equal('message_not_found')
    expect(await finished('message', of({ id: quoting, name: `Quoting ${RUN}-2` }))).to.equal('removed')
    expect(await state()).to.deep.equal(before)
  })

  test('its file is removed with it', async () => {
    const chat = await adapter()
    const place = { kind: 'channel' as const, id: channel() }
    const content = [{ kind: 'text' as const, text: NAME }]
    const { id: message } = await chat.sendFiles(
      place,
      [{ name: FILE, type: 'text/plain', size: 3, pieces: [Buffer.from('red')] }],
      content,
    )
    expect(await finished('message', of({ id: message }))).to.equal('removed')
    const { files } = (await state()) as { files: [string, { name: string; deleted: boolean }][] }
    expect(files.filter(([, { name }]) => name === FILE).map(([, { deleted }]) => deleted)).to.deep.equal([true])
  })

  test('a bot that may not read history still knows its own by the message with its reactions; one that may read neither does not', async () => {
    const blind = finisher<SlackChat>('slack', undo, () => adapter(['channels:history']))
    expect(await blind('message', of({ id: await said('Ada', NAME) }))).to.equal('removed')
    const mute = finisher<SlackChat>('slack', undo, () => adapter(['channels:history', 'reactions:read']))
    const before = await said('Ada', NAME)
    expect(await mute('message', of({ id: before }))).to.match(
      /not proven.*cannot be read \(missing_scope: needs channels:history/,
    )
    expect(await finished('message', of({ id: before }))).to.equal('removed')
  })

  test('what Ben said is taken back, and what he and the bot set is put back as it was', async () => {
    await slack.ok('users.setPresence', { presence: 'auto' })
    await slack.ok('users.setPresence', { presence: 'auto' }, { as: token('Ben') })
    await status('Ben', 'At lunch', ':pizza:', 4_000_000_000)
    const before = await state()
    const his = there({ account: id('Ben') })
    expect(await finished('said', of({ id: await said('Ben', NAME), by: 'Ben', data: his }))).to.equal('removed')
    const message = await said('Ada', NAME)
    await react('Ben', message)
    await react('Ada', message)
    const data = there({ message, reaction: 'thumbs up', on: `${RUN}-1` })
    expect(await finished('reaction', of({ id: message, data }))).to.equal('restored')
    expect(await slack.error('reactions.remove', { channel: channel(), timestamp: message, name: 'thumbsup' })).to.equal(
      'no_reaction',
    )
    expect(await finished('message', of({ id: message }))).to.equal('removed')
    await slack.ok('users.setPresence', { presence: 'away' })
    const presence = { account: id('Ada'), was: 'auto', set: 'away' }
    expect(await finished('presence', of({ id: id('Ada'), data: presence }))).to.equal('restored')
    await slack.ok('users.setPresence', { presence: 'away' }, { as: token('Ben') })
    const absence = { account: id('Ben'), was: 'false', set: 'true' }
    expect(await finished('absence', { name: NAME, by: 'Ben', data: absence })).to.equal('restored')
    await status('Ben', 'Running E2E Tests', ':test_tube:')
    const set = {
      account: id('Ben'),
      was: json('At lunch', ':pizza:', 4_000_000_000),
      set: json('Running E2E Tests', ':test_tube:'),
    }
    expect(await finished('status', of({ id: id('Ben'), by: 'Ben', data: set }))).to.equal('restored')
    expect(await state()).to.deep.equal(before)
  })

  test('a conversation is closed for the bot', async () => {
    const people = id('Dan')
    const made = of({ id: await direct('Ada', people), data: { account: id('Ada'), people } })
    expect(await finished('direct', made)).to.equal('hidden')
    expect(await finished('direct', { name: 'with Dan', by: 'Ada', data: { account: id('Ada'), people } })).to.equal('hidden')
  })
})
