import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { ChannelRow, GuildRow, Overwrite } from '../model'
import { channelPermissions, guildPermissions, has, PERMISSIONS, sum } from '../permissions'
import { bareDiscord, type DiscordWire } from './support/server'

const GUILD = '1'
const guild: GuildRow = {
  ...{ id: GUILD, name: 'g', ownerId: 'owner', emojis: [] },
  roles: [
    {
      id: GUILD,
      name: '@everyone',
      permissions: sum('VIEW_CHANNEL', 'SEND_MESSAGES', 'ATTACH_FILES'),
      position: 0,
      mentionable: false,
      botId: null,
    },
    { id: 'a', name: 'a', permissions: sum('MANAGE_MESSAGES'), position: 1, mentionable: false, botId: null },
    { id: 'b', name: 'b', permissions: 0n, position: 2, mentionable: false, botId: null },
    { id: 'admin', name: 'admin', permissions: sum('ADMINISTRATOR'), position: 3, mentionable: false, botId: null },
  ],
  members: new Map(
    Object.entries({ owner: [], ben: ['a', 'b'], boss: ['admin'] }).map(([userId, roles]) => [
      userId,
      { userId, nick: null, roles, joinedAt: 0 },
    ]),
  ),
}
const channel = (overwrites: Overwrite[], thread = false): ChannelRow => ({
  ...{
    id: 'c',
    type: thread ? 11 : 0,
    guildId: GUILD,
    parentId: null,
    name: 'c',
    topic: null,
    nsfw: false,
    position: 0,
    slowmode: 0,
  },
  ...{ overwrites, lastMessageId: null, recipients: [] },
  thread: thread
    ? {
        ownerId: 'ben',
        archived: false,
        locked: false,
        invitable: true,
        autoArchive: 60,
        archiveAt: 0,
        createdAt: 0,
        messageCount: 0,
        totalSent: 0,
        members: new Map(),
      }
    : null,
})
const everyone = (deny: bigint, allow = 0n): Overwrite => ({ id: GUILD, type: 0, allow, deny })
const role = (id: string, deny: bigint, allow = 0n): Overwrite => ({ id, type: 0, allow, deny })
const own = (deny: bigint, allow = 0n): Overwrite => ({ id: 'ben', type: 1, allow, deny })
const { SEND_MESSAGES: SEND, VIEW_CHANNEL: VIEW, ATTACH_FILES: ATTACH, SEND_MESSAGES_IN_THREADS: IN_THREADS } = PERMISSIONS

describe('effective permissions', () => {
  const benIn = (...overwrites: Overwrite[]): bigint => channelPermissions(guild, channel(overwrites), channel(overwrites), 'ben')

  test('in the guild: all roles together; owners and administrators have everything', () => {
    expect(guildPermissions(guild, 'ben')).to.equal(sum('VIEW_CHANNEL', 'SEND_MESSAGES', 'ATTACH_FILES', 'MANAGE_MESSAGES'))
    for (const name of ['owner', 'boss']) expect(has(guildPermissions(guild, name), 'MANAGE_CHANNELS'), name).to.equal(true)
    expect(guildPermissions(guild, 'nobody')).to.equal(0n)
  })

  for (const [what, overwrites, may] of [
    ['nothing overwritten', [], true],
    ['everyone denied', [everyone(SEND)], false],
    ['everyone denied and allowed at once', [everyone(SEND, SEND)], true],
    ['a role allows what everyone is denied', [everyone(SEND), role('a', 0n, SEND)], true],
    ['one role allows what another denies', [role('a', SEND), role('b', 0n, SEND)], true],
    ['a role one does not have allows', [everyone(SEND), role('admin', 0n, SEND)], false],
    ['oneself denied what a role allows', [role('a', 0n, SEND), own(SEND)], false],
    ['oneself allowed what a role denies', [role('a', SEND), own(0n, SEND)], true],
  ] as const) {
    test(`in a channel: ${what}`, () => {
      expect(has(benIn(...overwrites), 'SEND_MESSAGES')).to.equal(may)
    })
  }

  test('without viewing no other permission counts, and without sending neither files nor mentions of everyone', () => {
    expect(benIn(own(VIEW))).to.equal(0n)
    expect(benIn(own(SEND)) & ATTACH).to.equal(0n)
    expect(has(channelPermissions(guild, channel([own(VIEW)]), channel([own(VIEW)]), 'boss'), 'SEND_MESSAGES')).to.equal(true)
  })

  test('in a thread the parent’s overwrites apply, and the permission to send in threads', () => {
    const home = channel([own(SEND, IN_THREADS)])
    const bits = channelPermissions(guild, home, channel([], true), 'ben')
    expect([has(bits, 'SEND_MESSAGES_IN_THREADS'), has(bits, 'ATTACH_FILES')]).to.deep.equal([true, true])
    const silenced = channelPermissions(guild, channel([own(IN_THREADS)]), channel([], true), 'ben')
    expect(has(silenced, 'ATTACH_FILES')).to.equal(false)
  })
})

describe('over HTTP', () => {
  let discord: DiscordWire
  before(async () => {
    discord = await bareDiscord()
  })
  after(() => discord.stop())

  const takeAway = (...deny: string[]) =>
    discord.callControl('/permissions', { user: discord.who('Ada').id, channel: discord.who('Ada').channel, deny })

  test('each missing permission has its refusal', async () => {
    const here = `/channels/${discord.who('Ada').channel}`
    const { id } = await discord.say('x')
    const body = { content: 'x', message_reference: { message_id: id } }
    for (const [permission, method, path, options, refusal] of [
      ['VIEW_CHANNEL', 'GET', here, {}, [403, 50001]],
      ['SEND_MESSAGES', 'POST', `${here}/messages`, { body: { content: 'x' } }, [403, 50013]],
      ['SEND_MESSAGES', 'POST', `${here}/typing`, {}, [403, 50013]],
      ['READ_MESSAGE_HISTORY', 'POST', `${here}/messages`, { body }, [403, 160002]],
      ['READ_MESSAGE_HISTORY', 'PUT', `${here}/messages/${id}/reactions/%F0%9F%91%8D/@me`, {}, [403, 50013]],
      ['READ_MESSAGE_HISTORY', 'GET', `${here}/threads/archived/public`, {}, [403, 50013]],
      ['MANAGE_CHANNELS', 'PATCH', here, { body: { name: 'x' } }, [403, 50013]],
      ['MANAGE_CHANNELS', 'DELETE', here, {}, [403, 50013]],
    ] as const) {
      await takeAway(permission)
      expect(await discord.refusal(method, path, options), `${permission}: ${method} ${path}`).to.deep.equal(refusal)
    }
    await takeAway()
    expect((await discord.call('GET', `${here}/messages/${id}`)).status).to.equal(200)
  })

  test('a refusal has Discord’s message', async () => {
    await takeAway('SEND_MESSAGES')
    const { body } = await discord.call('POST', `/channels/${discord.who('Ada').channel}/messages`, { body: { content: 'x' } })
    expect(body).to.deep.equal({ message: 'Missing Permissions', code: 50013 })
  })
})
