import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

let channel: string
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} }, (slack) => {
  channel = slack.bot.channelId ?? ''
})

const post = (args: object = {}) => slack.ok('chat.postMessage', { channel, text: 'One red glove', ...args })
const history = async (args: object = {}) => slack.ok('conversations.history', { channel, ...args })

describe('posting', () => {
  // SLK-020
  test('the response contains the channel, a ts with six decimals and the message with its bot', async () => {
    const answer = await post()
    expect(answer.channel).to.equal(channel)
    expect(answer.ts).to.match(/^\d{10}\.\d{6}$/)
    expect(answer.message).to.include({
      type: 'message',
      user: slack.bot.userId,
      bot_id: slack.bot.botId,
      app_id: slack.bot.appId,
      text: 'One red glove',
      ts: answer.ts,
      team: slack.bot.teamId,
    })
    expect(answer.message.bot_profile).to.include.all.keys(
      'id',
      'app_id',
      'name',
      'user_id',
      'icons',
      'deleted',
      'updated',
      'team_id',
    )
    expect((await history({ limit: 1 })).messages[0]).to.deep.equal(answer.message)
  })

  test('a channel is given by id, by name with or without `#`, and a person by id', async () => {
    for (const name of ['acceptance', '#acceptance']) expect((await post({ channel: name })).channel).to.equal(channel)
    const direct = (await slack.ok('conversations.open', { users: slack.ben.userId })).channel.id
    expect((await post({ channel: slack.ben.userId })).channel).to.equal(direct)
  })

  // SLK-023, SLK-015
  test('refusals by name', async () => {
    const outside = (await slack.callControl('/channels', { teamId: slack.bot.teamId, name: 'outside' })).channels[0].id
    const hidden = (await slack.callControl('/channels', { teamId: slack.bot.teamId, name: 'hidden', kind: 'private' }))
      .channels[0].id
    const closed = (
      await slack.callControl('/channels', {
        teamId: slack.bot.teamId,
        name: 'closed',
        archived: true,
        members: [slack.bot.userId],
      })
    ).channels[0].id
    const cases: [string, object][] = [
      ['channel_not_found', { channel: 'C0NOTTHERE0' }],
      ['channel_not_found', { channel: hidden }],
      ['not_in_channel', { channel: outside }],
      ['is_archived', { channel: closed }],
      ['no_text', { text: '' }],
      ['no_text', { text: ' ' }],
      ['invalid_blocks', { blocks: [{ type: 'section' }] }],
      ['invalid_blocks_format', { blocks: 'no list' }],
      ['invalid_blocks_format', { blocks: { type: 'section' } }],
      ['too_many_attachments', { attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }],
      ['markdown_text_conflict', { markdown_text: '**x**' }],
      ['msg_too_long', { text: '', markdown_text: 'x'.repeat(12_001) }],
      ['thread_not_found', { thread_ts: '1.000000' }],
      ['missing_scope', { username: 'Somebody' }],
      ['invalid_metadata_format', { metadata: { event_type: 1 } }],
    ]
    for (const [error, args] of cases)
      expect(await slack.error('chat.postMessage', { channel, text: 'x', ...args }), JSON.stringify(args).slice(0, 80)).to.equal(
        error,
      )
  })

  test('a channel’s rules have their own errors', async () => {
    const { Ada } = await slack.others({ Ada: {} })
    const as = Ada?.botToken ?? ''
    const args = { channel: Ada?.channelId, text: 'x' }
    const { ts } = await slack.ok('chat.postMessage', args, { as })
    const policy = (name: string) => slack.callControl('/policies', { channelId: Ada?.channelId, policy: name })
    await policy('read-only')
    expect(await slack.error('chat.postMessage', args, { as })).to.equal('restricted_action_read_only_channel')
    await policy('threads-only')
    expect(await slack.error('chat.postMessage', args, { as })).to.equal('restricted_action_thread_only_channel')
    await slack.ok('chat.postMessage', { ...args, thread_ts: ts }, { as })
    await policy('no-threads')
    expect(await slack.error('chat.postMessage', { ...args, thread_ts: ts }, { as })).to.equal(
      'restricted_action_non_threadable_channel',
    )
    await policy('open')
    await slack.callControl('/locks', { channelId: Ada?.channelId, ts })
    expect(await slack.error('chat.postMessage', { ...args, thread_ts: ts }, { as })).to.equal('restricted_action_thread_locked')
    expect(await slack.error('reactions.add', { channel: Ada?.channelId, timestamp: ts, name: 'wave' }, { as })).to.equal(
      'thread_locked',
    )
  })

  test('chat:write.public allows public channels, chat:write.customize a name and picture', async () => {
    const { Ada } = await slack.others({ Ada: { outside: true, has: ['chat:write.public', 'chat:write.customize'] } })
    const args = { channel: Ada?.channelId, text: 'x', username: 'Somebody', icon_emoji: ':wave:' }
    const { message } = await slack.ok('chat.postMessage', args, { as: Ada?.botToken ?? '' })
    expect(message).to.deep.include({ username: 'Somebody', icons: { emoji: ':wave:' } })
  })

  test('more than 40,000 characters are truncated, with a warning', async () => {
    const answer = await post({ text: 'x'.repeat(40_001) })
    expect(answer.warning).to.equal('message_truncated')
    expect(answer.message.text).to.have.length(40_000)
  })

  test('the same client message id twice posts once', async () => {
    const first = await post({ client_msg_id: 'a-b-c' })
    expect(await post({ client_msg_id: 'a-b-c' })).to.include({ ts: first.ts, is_duplicate: true })
  })

  test('metadata is returned on request', async () => {
    await post({ metadata: { event_type: 'glove_lost', event_payload: { colour: 'red' } } })
    expect((await history({ limit: 1 })).messages[0]).to.not.have.property('metadata')
    const [message] = (await history({ limit: 1, include_all_metadata: true })).messages
    expect(message.metadata).to.deep.equal({ event_type: 'glove_lost', event_payload: { colour: 'red' } })
  })
})
