import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} })

const make = async (fields: object = {}): Promise<string> =>
  (
    await slack.callControl('/channels', {
      teamId: slack.bot.teamId,
      name: `c-${Math.random()}`,
      members: [slack.bot.userId],
      ...fields,
    })
  ).channels[0].id

describe('fields of a conversation', () => {
  // SLK-014
  test('every field of a channel', async () => {
    const { channel } = await slack.ok('conversations.info', {
      channel: slack.bot.channelId,
      include_num_members: true,
      include_locale: true,
    })
    const fields =
      'id name name_normalized is_channel is_group is_im is_mpim is_private is_archived is_general is_member is_shared is_ext_shared is_org_shared is_pending_ext_shared created creator updated unlinked num_members topic purpose previous_names pending_shared locale last_read latest unread_count'
    expect(channel).to.include.all.keys(fields.split(' '))
    expect(channel).to.include({ is_channel: true, is_private: false, is_member: true, num_members: 3 })
    expect(channel.topic).to.have.all.keys('value', 'creator', 'last_set')
    expect(String(channel.updated)).to.have.length(13)
    expect(String(channel.created)).to.have.length(10)
    expect((await slack.ok('conversations.info', { channel: slack.bot.channelId })).channel).to.not.have.property('num_members')
  })

  test('a direct conversation has no name, a group one has one', async () => {
    const direct = (await slack.ok('conversations.open', { users: slack.ben.userId, return_im: true })).channel
    expect(direct).to.include({ is_im: true, user: slack.ben.userId, is_open: true }).and.not.have.property('name')
    expect(direct.id).to.match(/^D/)
    const { id: group } = (await slack.ok('conversations.open', { users: `${slack.ben.userId},${slack.people.Cleo?.userId}` }))
      .channel
    const { channel } = await slack.ok('conversations.info', { channel: group })
    expect(channel).to.include({ is_mpim: true, is_private: true, name: 'mpdm-ada--ben.okafor--cleo.marin-1' })
  })
})

describe('opening and closing', () => {
  // SLK-091
  test('a second time it is the same one, already open; after closing, it opens again', async () => {
    const { Dan } = await slack.others({ Dan: {} })
    expect(await slack.error('conversations.open', { users: Dan?.userId })).to.equal('user_not_found')
    const first = await slack.ok('conversations.open', { users: slack.people.Cleo?.userId })
    expect(first.channel).to.have.all.keys('id')
    const again = await slack.ok('conversations.open', { users: slack.people.Cleo?.userId })
    expect(again).to.deep.include({ no_op: true, already_open: true, channel: first.channel })
    expect(await slack.ok('conversations.close', { channel: first.channel.id })).to.deep.equal({ ok: true })
    expect(await slack.ok('conversations.close', { channel: first.channel.id })).to.deep.include({
      no_op: true,
      already_closed: true,
    })
    expect((await slack.ok('conversations.open', { channel: first.channel.id })).channel.id).to.equal(first.channel.id)
  })

  test('refusals by name', async () => {
    const gone = (await slack.callControl('/people', { group: 'a test', people: [{ name: 'Dan', deleted: true }] })).people.Dan
      .userId
    const many = (await slack.callControl('/users', { teamId: slack.bot.teamId, count: 9 })).ids
    const cases: [string, object][] = [
      ['users_list_not_supplied', {}],
      ['not_enough_users', { users: slack.bot.userId }],
      ['too_many_users', { users: many.join(',') }],
      ['user_not_found', { users: 'U0NOBODY00' }],
      ['user_disabled', { users: gone }],
      ['invalid_user_combination', { users: 'USLACKBOT' }],
      ['channel_not_found', { users: many[0], prevent_creation: true }],
      ['method_not_supported_for_channel_type', { channel: slack.bot.channelId }],
    ]
    for (const [error, args] of cases)
      expect(await slack.error('conversations.open', { ...args }), JSON.stringify(args)).to.equal(error)
    expect(await slack.error('conversations.close', { channel: slack.bot.channelId })).to.equal(
      'method_not_supported_for_channel_type',
    )
  })
})

describe('new channels', () => {
  test('created, filled, joined, archived', async () => {
    const { channel } = await slack.ok('conversations.create', { name: 'one-red-glove' })
    expect(channel).to.include({ name: 'one-red-glove', creator: slack.bot.userId, is_member: true })
    await slack.ok('conversations.invite', { channel: channel.id, users: `${slack.ben.userId}` })
    expect(await slack.error('conversations.invite', { channel: channel.id, users: slack.ben.userId })).to.equal(
      'already_in_channel',
    )
    const joined = await slack.ok('conversations.join', { channel: channel.id })
    expect(joined.warning).to.equal('already_in_channel')
    await slack.ok('conversations.archive', { channel: channel.id })
    expect(await slack.error('conversations.archive', { channel: channel.id })).to.equal('already_archived')
    expect(await slack.error('conversations.join', { channel: channel.id })).to.equal('is_archived')
    expect(await slack.error('conversations.invite', { channel: channel.id, users: slack.people.Cleo?.userId })).to.equal(
      'is_archived',
    )
  })

  test('names have rules', async () => {
    const cases: [string, unknown][] = [
      ['invalid_name_required', ''],
      ['invalid_name_maxlength', 'x'.repeat(81)],
      ['invalid_name_specials', 'Big Letters'],
      ['invalid_name_punctuation', '---'],
      ['name_taken', 'acceptance'],
    ]
    for (const [error, name] of cases) expect(await slack.error('conversations.create', { name }), String(name)).to.equal(error)
  })

  test('the rest is refused by name', async () => {
    const outside = await make({ members: [] })
    const [general] = (await slack.ok('conversations.list')).channels.filter(
      (channel: { is_general: boolean }) => channel.is_general,
    )
    const direct = (await slack.ok('conversations.open', { users: slack.ben.userId })).channel.id
    const cases: [string, string, object][] = [
      ['cant_archive_general', 'conversations.archive', { channel: general.id }],
      ['not_in_channel', 'conversations.archive', { channel: outside }],
      ['not_in_channel', 'conversations.invite', { channel: outside, users: slack.ben.userId }],
      ['no_user', 'conversations.invite', { channel: slack.bot.channelId }],
      ['cant_invite_self', 'conversations.invite', { channel: slack.bot.channelId, users: slack.bot.userId }],
      ['user_not_found', 'conversations.invite', { channel: slack.bot.channelId, users: 'U0NOBODY00' }],
      ['method_not_supported_for_channel_type', 'conversations.join', { channel: direct }],
    ]
    for (const [error, method, args] of cases)
      expect(await slack.error(method, { ...args }), `${method} ${error}`).to.equal(error)
    const { Ada } = await slack.others({ Ada: { restricted: true } })
    expect(await slack.error('conversations.create', { name: 'mine' }, { as: Ada?.botToken ?? '' })).to.equal('restricted_action')
  })
})
