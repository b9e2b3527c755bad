import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from '../../../../sandbox/discord/test/support/server'
import type { Presence } from '../../../../support/chat/adapter'
import { controlAt } from '../../../../support/run/control'
import { DiscordChat } from '../../../../support/services/discord/adapter'
import { undo } from '../../../../support/services/discord/undo'
import { accessTo } from '../../../support/access'
import { finisher } from '../../../support/finished'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

const RUN = '1700000000-abcdef'
const NAME = `One red glove ${RUN}-1`
const THUMB = encodeURIComponent('👍')

const discord = ownDiscord({ Ada: {}, Ben: {}, Cleo: {}, Robot: { bot: true } })
/** Ada's presence in this process' session. */
const shown: { presence?: Presence; says?: string } = {}

async function chat(): Promise<DiscordChat> {
  const { token, channel, guild } = discord.who('Ada')
  const { access } = accessTo(discord.address, { Ada: { token, channel, guild } })
  const opened = await DiscordChat.of({ ...access, control: controlAt(discord.control, access.agents) })
  Object.assign(opened.sessions.shown, shown)
  return opened
}

const id = (name: string): string => discord.who(name).id
/** The journal's data of Ada's things in the channel. */
const there = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ account: id('Ada'), placeKind: 'channel', place: discord.who('Ada').channel },
  ...more,
})
const ofRobot = { account: '200000000000000009' }
const said = async (as: string, content: string): Promise<string> =>
  (await discord.callControl('/say', { as: id(as), channel: discord.who('Ada').channel, content })).id
const thread = async (as: string, name: string, on?: string): Promise<string> => {
  const message = on ?? (await said(as, 'About this'))
  return (await discord.callControl('/threads', { as: id(as), channel: discord.who('Ada').channel, name, message })).id
}
const react = (as: string, message: string) =>
  discord.callControl('/react', { as: id(as), channel: discord.who('Ada').channel, message, emoji: '👍' })
const direct = async (as: string, to: string): Promise<string> =>
  (await discord.callControl('/direct', { as: id(as), to: id(to) })).id
const forbid = (user: string, deny: string[]) =>
  discord.callControl('/permissions', { user: id(user), channel: discord.who('Ada').channel, deny })

const of = (made: Partial<Stranger> & { id: string }): Stranger => ({ name: NAME, by: 'Ada', data: there(), ...made })

const strangers: Record<string, () => Promise<Stranger[]>> = {
  message: async () => [
    of({ id: await said('Ben', NAME) }),
    of({ id: await said('Robot', NAME) }),
    of({ id: await said('Ada', 'One red glove') }),
    of({ id: await said('Ada', `One red glove ${RUN}-12`) }),
    of({ id: await said('Ada', 'One red glove 1600000000-fedcba-1') }),
    of({ id: await said('Ada', 'Hello'), data: there({ sent: 'Hello' }), at: Date.now() - 3_600_000 }),
    of({ id: await said('Ben', 'Hello'), data: there({ sent: 'Hello' }) }),
    of({ id: await said('Ada', NAME), data: there(ofRobot) }),
    { name: NAME, by: 'Ada', data: there(ofRobot) },
  ],
  reaction: async () => {
    const [bens, own] = [await said('Ben', 'Mine'), await said('Ada', NAME)]
    for (const message of [bens, own]) await react('Ben', message)
    await react('Ada', bens)
    const withMine = await said('Ada', `${NAME} again`)
    await react('Ada', withMine)
    const on = (message: string, more = {}): Stranger =>
      of({ id: message, data: there({ message, reaction: 'thumbs up', on: `${RUN}-1`, ...more }) })
    return [on(bens), on(bens, { on: '' }), on(own), on(withMine, ofRobot), on(withMine, { on: `${RUN}-2` })]
  },
  thread: async () => [
    of({ id: await thread('Ben', NAME) }),
    of({ id: await thread('Robot', NAME) }),
    of({ id: await thread('Ada', 'One red glove') }),
    of({ id: await thread('Ada', `One red glove ${RUN}-10`) }),
    of({ id: await thread('Ada', NAME), data: there({ place: discord.who('Ada').hidden }) }),
    of({ id: await thread('Ada', NAME), data: there(ofRobot) }),
    of({ id: discord.who('Ada').channel }),
  ],
  direct: async () => {
    const people = id('Ben')
    return [
      of({ id: await direct('Ada', 'Cleo'), name: `with ${people}`, data: { account: id('Ada'), people } }),
      of({ id: await direct('Robot', 'Ben'), name: `with ${people}`, data: { account: id('Ada'), people } }),
      of({ id: discord.who('Ada').channel, name: `with ${people}`, data: { account: id('Ada'), people } }),
      of({ id: await direct('Ada', 'Ben'), name: `with ${people}`, data: { ...ofRobot, people } }),
      { name: `with ${id('Cleo')}`, by: 'Ada', data: { ...ofRobot, people: id('Cleo') } },
    ]
  },
  presence: async () => {
    Object.assign(shown, { presence: 'away', says: 'Another client set it' })
    return [
      of({ id: id('Ada'), data: { account: id('Ada'), was: '', set: 'busy' } }),
      of({ id: id('Ada'), data: { ...ofRobot, was: '', set: 'away' } }),
    ]
  },
  permission: async () => {
    const { channel } = discord.who('Ada')
    await forbid('Robot', ['ADD_REACTIONS'])
    await forbid('Ada', ['ADD_REACTIONS', 'ATTACH_FILES'])
    const data = { account: id('Ada'), channel, deny: String(1n << 6n) }
    return [
      of({ id: id('Robot'), data }),
      of({ id: id('Ada'), data }),
      of({ id: id('Ada'), data: { ...data, ...ofRobot, deny: String((1n << 6n) | (1n << 15n)) } }),
    ]
  },
}

describe('things that are not of this run', () => {
  leavesStrangersAlone(
    () => ({ service: 'discord', undo, clients: chat, look: () => discord.look('/state'), strangers }),
    Object.keys(strangers),
  )
})

describe('things of this run', () => {
  const finished = finisher('discord', undo, chat)
  before(async () => {
    await forbid('Ada', [])
    await said('Ben', 'A message in between')
  })

  /** All there is, apart from the latest message of a channel, which Discord remembers beyond its end. */
  const everything = async (): Promise<string> =>
    JSON.stringify(await discord.look('/state')).replaceAll(/"lastMessageId":[^,]+,/g, '')

  test('a message is removed, also one that was edited, sent without an id, or without a response', async () => {
    const before = await everything()
    const plain = await said('Ada', NAME)
    expect(await finished('message', of({ id: plain }))).to.equal('removed')
    const edited = await said('Ada', NAME)
    await discord.call('PATCH', `${discord.messages}/${edited}`, { body: { content: `Two red gloves ${RUN}-1` } })
    expect(await finished('message', of({ id: edited }))).to.equal('removed')
    const without = await said('Ada', 'Hello')
    expect(await finished('message', of({ id: without, data: there({ sent: 'Hello' }) }))).to.equal('removed')
    const lost = `One blue glove ${RUN}-3`
    const [unanswered, quoting] = [await said('Ada', lost), await said('Ada', `Quoting ${RUN}-2: ${lost}`)]
    expect(await finished('message', { name: lost, by: 'Ada', data: there() })).to.equal('removed')
    expect((await discord.call('GET', `${discord.messages}/${unanswered}`)).status).to.equal(404)
    expect(await finished('message', of({ id: quoting, name: `Quoting ${RUN}-2` }))).to.equal('removed')
    expect(await everything()).to.equal(before)
  })

  test('a reaction is taken off its message, and those of others stay', async () => {
    const message = await said('Ada', NAME)
    await react('Ben', message)
    const before = await everything()
    await discord.call('PUT', `${discord.messages}/${message}/reactions/${THUMB}/@me`)
    const data = there({ message, reaction: 'thumbs up', on: `${RUN}-1` })
    expect(await finished('reaction', of({ id: message, data }))).to.equal('restored')
    expect(await everything()).to.equal(before)
  })

  test('a thread is removed, a conversation closed, a permission granted again', async () => {
    const message = await said('Ada', 'About this')
    const before = await everything()
    const opened = (await discord.call('POST', `${discord.messages}/${message}/threads`, { body: { name: NAME } })).body.id
    expect(await finished('thread', of({ id: opened, data: there({ message }) }))).to.equal('removed')
    expect(await everything()).to.equal(before)
    const people = id('Ben')
    const data = { account: id('Ada'), people }
    expect(await finished('direct', of({ id: await direct('Ada', 'Ben'), data }))).to.equal('hidden')
    await forbid('Ada', ['ADD_REACTIONS'])
    const permission = { account: id('Ada'), channel: discord.who('Ada').channel, deny: String(1n << 6n) }
    expect(await finished('permission', of({ id: id('Ada'), data: permission }))).to.equal('restored')
  })

  test('a presence that no session shows any more is not there', async () => {
    for (const field of ['presence', 'says'] as const) delete shown[field]
    expect(await finished('presence', of({ id: id('Ada'), data: { account: id('Ada'), set: 'busy' } }))).to.equal('not there')
  })
})
