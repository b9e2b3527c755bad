import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type BareGateway, sessionOf } from './support/gateway'
import { ownDiscord } from './support/server'

const ALL = 53_608_447
let all: BareGateway
const discord = ownDiscord({ Ada: {}, Ben: {}, Cleo: { bot: true } }, async () => {
  all = await sessionOf(discord, 'Ada', ALL)
})

const ben = () => ({ as: discord.who('Ben').id, channel: discord.who('Ben').channel })
const say = (content: string, more: object = {}) => discord.callControl('/say', { ...ben(), content, ...more })
describe('messages', () => {
  test('contain the guild and the membership of their author and of every mentioned user', async () => {
    const { id } = await say(`hello <@${discord.who('Ada').id}>`)
    const data = await all.event('MESSAGE_CREATE', (message) => message.id === id)
    expect(data).to.include({ guild_id: discord.who('Ada').guild, channel_type: 0, type: 0, pinned: false })
    expect(data.member).to.include.all.keys('nick', 'roles', 'joined_at')
    expect(data.member).not.to.have.property('user')
    expect(data.mentions[0]).to.include({ id: discord.who('Ada').id })
    expect(data.mentions[0].member.roles).to.have.length(1)
  })

  test('of the bot itself are also received; edits and removals follow', async () => {
    const { id } = await discord.say('mine')
    await all.event('MESSAGE_CREATE', (message) => message.id === id)
    const path = `/channels/${discord.who('Ada').channel}/messages/${id}`
    await discord.call('PATCH', path, { body: { content: 'still mine' } })
    expect(await all.event('MESSAGE_UPDATE', (message) => message.id === id)).to.include({ content: 'still mine', type: 0 })
    await discord.call('DELETE', path)
    const { channel, guild } = discord.who('Ada')
    expect(await all.event('MESSAGE_DELETE', (gone) => gone.id === id)).to.deep.equal({
      id,
      channel_id: channel,
      guild_id: guild,
    })
  })

  test('removed together are reported in one event', async () => {
    const ids = [(await say('a')).id, (await say('b')).id]
    const { channel, guild } = discord.who('Ada')
    await discord.call('POST', `/channels/${channel}/messages/bulk-delete`, { body: { messages: ids } })
    expect(await all.event('MESSAGE_DELETE_BULK')).to.deep.equal({ ids, channel_id: channel, guild_id: guild })
  })

  test('sent directly have no guild', async () => {
    const { id } = await discord.callControl('/say', { as: discord.who('Ben').id, to: discord.who('Ada').id, content: 'psst' })
    const data = await all.event('MESSAGE_CREATE', (message) => message.id === id)
    expect(data).to.include({ channel_type: 1, content: 'psst' })
    expect(data).not.to.have.any.keys('guild_id', 'member')
  })

  test('in channels that the bot may not see are not received', async () => {
    const { id } = await say('secret', { channel: discord.who('Ada').hidden })
    await all.caughtUp()
    expect(all.events('MESSAGE_CREATE').map((message) => message.id)).not.to.include(id)
  })
})

describe('intents', () => {
  test('decide which events are received', async () => {
    const direct = await sessionOf(discord, 'Ada', 4_096 | 32_768)
    const guild = await sessionOf(discord, 'Ada', 512 | 32_768)
    const { id: open } = await say('open')
    const { id: secret } = await discord.callControl('/say', {
      as: discord.who('Ben').id,
      to: discord.who('Ada').id,
      content: 'psst',
    })
    await discord.callControl('/react', { ...ben(), message: open, emoji: '👍' })
    await discord.callControl('/typing', ben())
    await Promise.all([direct, guild].map((gateway) => gateway.caughtUp()))
    expect(direct.events('MESSAGE_CREATE').map(({ id }) => id)).to.deep.equal([secret])
    expect(guild.events('MESSAGE_CREATE').map(({ id }) => id)).to.deep.equal([open])
    for (const name of ['MESSAGE_REACTION_ADD', 'TYPING_START']) expect(guild.events(name), name).to.deep.equal([])
    const typing = await all.event('TYPING_START')
    expect(typing.member.user).to.include({ username: discord.who('Ben').username, discriminator: '0' })
    expect(typing).to.include({ user_id: discord.who('Ben').id, guild_id: discord.who('Ben').guild })
    for (const gateway of [direct, guild]) gateway.close()
  })

  test('without the content intent, texts of others are empty', async () => {
    const blind = await sessionOf(discord, 'Ada', 512 | 4_096)
    const { id: plain } = await say('plain')
    const { id: named } = await say(`hello <@${discord.who('Ada').id}>`)
    const { id: own } = await discord.say('mine')
    const { id: secret } = await discord.callControl('/say', {
      as: discord.who('Ben').id,
      to: discord.who('Ada').id,
      content: 'psst',
    })
    const contentOf = async (id: string) => (await blind.event('MESSAGE_CREATE', (message) => message.id === id)).content
    expect([await contentOf(plain), await contentOf(named), await contentOf(own), await contentOf(secret)]).to.deep.equal([
      '',
      `hello <@${discord.who('Ada').id}>`,
      'mine',
      'psst',
    ])
    blind.close()
  })
})

describe('reactions', () => {
  test('are received with user, channel and emoji', async () => {
    const { id } = await say('vote')
    const place = {
      user_id: discord.who('Ben').id,
      channel_id: discord.who('Ben').channel,
      message_id: id,
      guild_id: discord.who('Ben').guild,
    }
    await discord.callControl('/react', { ...ben(), message: id, emoji: '👍' })
    const added = await all.event('MESSAGE_REACTION_ADD', (data) => data.message_id === id)
    const emoji = { id: null, name: '👍' }
    expect(added).to.deep.include({
      ...place,
      emoji,
      message_author_id: discord.who('Ben').id,
      burst: false,
      burst_colors: [],
      type: 0,
    })
    expect(added.member.user.id).to.equal(discord.who('Ben').id)
    await discord.callControl('/unreact', { ...ben(), message: id, emoji: '👍' })
    expect(await all.event('MESSAGE_REACTION_REMOVE', (data) => data.message_id === id)).to.deep.equal({
      ...place,
      emoji,
      burst: false,
      type: 0,
    })
  })

  test('removed together are reported in one event', async () => {
    const { id, channel_id } = await say('vote')
    await discord.callControl('/react', { ...ben(), message: id, emoji: '👍' })
    await discord.call('DELETE', `/channels/${channel_id}/messages/${id}/reactions/%F0%9F%91%8D`)
    await all.event('MESSAGE_REACTION_REMOVE_EMOJI', (data) => data.message_id === id && data.emoji.name === '👍')
    await discord.call('DELETE', `/channels/${channel_id}/messages/${id}/reactions`)
    await all.event('MESSAGE_REACTION_REMOVE_ALL', (data) => data.message_id === id)
  })
})

describe('threads and channels', () => {
  test('have events from creation to deletion', async () => {
    const { id, channel_id } = await say('vote')
    await discord.call('POST', `/channels/${channel_id}/messages/${id}/threads`, { body: { name: 'Gloves' } })
    const created = await all.event('THREAD_CREATE', (thread) => thread.id === id)
    expect(created).to.include({ newly_created: true, name: 'Gloves', parent_id: channel_id })
    await all.event('MESSAGE_UPDATE', (message) => message.id === id && message.thread?.id === id)
    await all.event('THREAD_MEMBERS_UPDATE', (data) => data.id === id && data.added_members[0]?.user_id === discord.who('Ada').id)
    const { added_members: joined } = await all.event('THREAD_MEMBERS_UPDATE', (data) => data.id === id)
    expect(joined[0].member.user.id).to.equal(discord.who('Ada').id)
    expect(joined[0].presence.status).to.equal('online')
    await discord.call('PATCH', `/channels/${id}`, { body: { archived: true } })
    await all.event('THREAD_UPDATE', (thread) => thread.id === id && thread.thread_metadata.archived)
    await discord.call('DELETE', `/channels/${id}`)
    const gone = await all.event('THREAD_DELETE', (thread) => thread.id === id)
    expect(gone).to.deep.equal({ id, guild_id: discord.who('Ada').guild, parent_id: channel_id, type: 11 })
  })

  test('channels likewise', async () => {
    await discord.make('Manager', { bot: true, extraPermissions: ['MANAGE_CHANNELS'] })
    const guild = `/guilds/${discord.who('Ada').guild}/channels`
    const { id } = (await discord.call('POST', guild, { as: 'Manager', body: { name: 'gloves' } })).body
    expect(await all.event('CHANNEL_CREATE')).to.include({ id, name: 'gloves' })
    await discord.call('PATCH', `/channels/${id}`, { as: 'Manager', body: { topic: 'red' } })
    expect(await all.event('CHANNEL_UPDATE')).to.include({ id, topic: 'red' })
    await discord.call('DELETE', `/channels/${id}`, { as: 'Manager' })
    expect(await all.event('CHANNEL_DELETE')).to.include({ id })
  })
})
