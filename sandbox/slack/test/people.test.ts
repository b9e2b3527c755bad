import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

let channel: string
let ts: string
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: { lacks: ['users:read.email'], admin: true } }, async (slack) => {
  channel = slack.bot.channelId ?? ''
  ts = (await slack.ok('chat.postMessage', { channel, text: 'One red glove' })).ts
})

describe('accounts', () => {
  // SLK-002, SLK-004
  test('auth.test returns the workspace, the bot’s user and the bot', async () => {
    const body = await slack.ok('auth.test')
    expect(body).to.include({
      team: 'Acceptance',
      user: 'ada',
      team_id: slack.bot.teamId,
      user_id: slack.bot.userId,
      bot_id: slack.bot.botId,
      is_enterprise_install: false,
    })
    expect(body.url).to.match(/^https:\/\/[\w-]+\.slack\.com\/$/)
    expect(await slack.ok('auth.test', {}, { as: slack.ben.userToken ?? '' })).to.not.have.property('bot_id')
  })

  // SLK-013
  test('every field of a person; the e-mail address only with its scope', async () => {
    const { user } = await slack.ok('users.info', { user: slack.ben.userId })
    const fields =
      'id team_id name real_name deleted is_bot is_app_user is_admin is_owner is_primary_owner is_restricted is_ultra_restricted is_email_confirmed color tz tz_label tz_offset updated profile'
    expect(user).to.include.all.keys(fields.split(' '))
    const profile =
      'real_name real_name_normalized display_name display_name_normalized email title phone skype status_text status_emoji status_expiration avatar_hash image_24 image_512 team first_name last_name'
    expect(user.profile).to.include.all.keys(profile.split(' '))
    const { user: seenByCleo } = await slack.ok(
      'users.info',
      { user: slack.ben.userId },
      { as: slack.people.Cleo?.userToken ?? '' },
    )
    expect(seenByCleo.profile).to.not.have.property('email')
    const { user: bot } = await slack.ok('users.info', { user: slack.bot.userId })
    expect([bot.is_bot, bot.profile.bot_id, bot.profile.api_app_id]).to.deep.equal([true, slack.bot.botId, slack.bot.appId])
  })

  test('by address, bots by their own id, and the workspace', async () => {
    const { user } = await slack.ok('users.info', { user: slack.ben.userId })
    expect((await slack.ok('users.lookupByEmail', { email: user.profile.email })).user.id).to.equal(slack.ben.userId)
    expect((await slack.ok('bots.info', { bot: slack.bot.botId })).bot).to.include({
      name: 'Ada',
      user_id: slack.bot.userId,
      app_id: slack.bot.appId,
    })
    expect((await slack.ok('team.info')).team).to.include({ id: slack.bot.teamId, name: 'Acceptance' })
  })

  // SLK-015
  test('refusals by name', async () => {
    const unseen = (await slack.callControl('/people', { group: 'a test', people: [{ name: 'Dan', invisible: true }] })).people
      .Dan.userId
    const cases: [string, string, object][] = [
      ['user_not_found', 'users.info', { user: 'U0NOBODY00' }],
      ['user_not_visible', 'users.info', { user: unseen }],
      ['too_many_users', 'users.info', { user: 'U1,U2' }],
      ['users_not_found', 'users.lookupByEmail', { email: 'nobody@example.com' }],
      ['bot_not_found', 'bots.info', { bot: 'B0NOBODY00' }],
      ['team_not_found', 'team.info', { team: 'T0NOBODY00' }],
      ['user_not_found', 'users.profile.get', { user: 'U0NOBODY00' }],
    ]
    for (const [error, method, args] of cases)
      expect(await slack.error(method, { ...args }), `${method} ${error}`).to.equal(error)
  })
})

describe('presence', () => {
  // SLK-080, SLK-082
  test('of other users has few fields, of the caller more; only auto and away are accepted', async () => {
    expect(await slack.ok('users.getPresence', { user: slack.ben.userId })).to.deep.equal({ ok: true, presence: 'active' })
    const own = { ok: true, presence: 'away', online: false, auto_away: false, manual_away: false, connection_count: 0 }
    expect(await slack.ok('users.getPresence')).to.deep.equal(own)
    for (const presence of ['active', ''])
      expect(await slack.error('users.setPresence', { presence })).to.equal('invalid_presence')
    await slack.ok('users.setPresence', { presence: 'away' })
    expect(await slack.ok('users.getPresence')).to.deep.equal({ ...own, manual_away: true })
    await slack.ok('users.setPresence', { presence: 'auto' })
    expect(await slack.ok('users.getPresence')).to.deep.equal(own)
  })
})

describe('profiles', () => {
  const as = () => ({ as: slack.ben.userToken ?? '' })

  test('a status is set as a whole or by name and value, and cleared', async () => {
    const status = { status_text: 'Running', status_emoji: ':test_tube:', status_expiration: 0 }
    const { username, profile } = await slack.ok('users.profile.set', { profile: status }, as())
    expect([username, profile.status_text, profile.status_emoji]).to.deep.equal(['ben.okafor', 'Running', ':test_tube:'])
    await slack.ok('users.profile.set', { name: 'title', value: 'Tester' }, as())
    const read = (await slack.ok('users.profile.get', { user: slack.ben.userId })).profile
    expect(read).to.include({ ...status, title: 'Tester' })
    await slack.ok('users.profile.set', { profile: { status_text: '', status_emoji: '' } }, as())
  })

  test('refusals by name', async () => {
    await slack.ok('users.profile.set', { profile: { status_text: 'Here', status_emoji: ':wave:' } }, as())
    const cases: [string, object][] = [
      ['invalid_profile', { profile: 'no object' }],
      ['invalid_profile', { profile: { status_text: 1 } }],
      ['too_long', { profile: { status_text: 'x'.repeat(101) } }],
      ['must_clear_both_status_text_and_status_emoji', { profile: { status_text: '' } }],
      ['profile_set_failed', { profile: { status_emoji: ':no_such_emoji:' } }],
      ['reserved_name', { profile: { display_name: 'slackbot' } }],
      ['not_admin', { user: slack.people.Cleo?.userId, profile: { title: 'x' } }],
    ]
    for (const [error, args] of cases)
      expect(await slack.error('users.profile.set', { ...args }, as()), JSON.stringify(args)).to.equal(error)
    expect(
      await slack.error(
        'users.profile.set',
        { user: slack.bot.userId, profile: { title: 'x' } },
        { as: slack.people.Cleo?.userToken ?? '' },
      ),
    ).to.equal('not_app_admin')
    await slack.ok(
      'users.profile.set',
      { user: slack.ben.userId, profile: { title: 'x' } },
      { as: slack.people.Cleo?.userToken ?? '' },
    )
  })
})

describe('reactions', () => {
  const react = (method: string, args: object = {}) =>
    slack.error(`reactions.${method}`, { channel, timestamp: ts, name: 'wave', ...args })

  // SLK-042
  test('added, read with users and count, removed', async () => {
    await slack.ok('reactions.add', { channel, timestamp: ts, name: 'thumbsup' })
    await slack.ok('reactions.add', { channel, timestamp: ts, name: 'wave::skin-tone-6' })
    await slack.ok('reactions.add', { channel, timestamp: ts, name: 'thumbsup' }, { as: slack.ben.userToken ?? '' })
    const { type, message } = await slack.ok('reactions.get', { channel, timestamp: ts, full: true })
    expect(type).to.equal('message')
    expect(message.permalink).to.be.a('string')
    expect(message.reactions).to.deep.equal([
      { name: 'thumbsup', users: [slack.bot.userId, slack.ben.userId], count: 2 },
      { name: 'wave::skin-tone-6', users: [slack.bot.userId], count: 1 },
    ])
    expect(await react('add', { name: '+1' })).to.equal('already_reacted')
    await slack.ok('reactions.remove', { channel, timestamp: ts, name: 'thumbsup' })
    expect(await react('remove', { name: 'thumbsup' })).to.equal('no_reaction')
    await slack.callControl('/emoji', { teamId: slack.bot.teamId, name: 'red_glove' })
    await slack.ok('reactions.add', { channel, timestamp: ts, name: 'red_glove' })
  })

  // SLK-043
  test('refusals by name', async () => {
    const outside = (
      await slack.callControl('/channels', { teamId: slack.bot.teamId, name: 'outside', members: [slack.ben.userId] })
    ).channels[0].id
    const there = (await slack.callControl('/messages', { channelId: outside, userId: slack.ben.userId, text: 'x' })).ts
    const cases: [string, object][] = [
      ['invalid_name', { name: 'no_such_emoji' }],
      ['invalid_name', { name: ':wave:' }],
      ['message_not_found', { timestamp: '1.000000' }],
      ['channel_not_found', { channel: 'C0NOTTHERE0' }],
      ['bad_timestamp', { timestamp: 'yesterday' }],
      ['no_item_specified', { timestamp: '' }],
      ['no_access', { channel: outside, timestamp: there }],
    ]
    for (const [error, args] of cases) expect(await react('add', args), JSON.stringify(args)).to.equal(error)
    expect(await slack.error('reactions.get', { channel })).to.equal('no_item_specified')
    expect(await slack.error('reactions.remove', { name: 'wave', file: 'F0NOTTHERE' })).to.equal('file_not_found')
  })
})
