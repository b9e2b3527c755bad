import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareSlack, type SlackWire } from '../../support/slack'

let slack: SlackWire
let channel: string
before(async () => {
  slack = await bareSlack({ Ada: {}, Ben: {}, Cleo: {} })
  channel = slack.bot.channelId ?? ''
})
after(() => slack.stop())

const post = (args: object = {}) => slack.ok('chat.postMessage', { channel, text: 'One red glove', ...args })
const history = async (args: object = {}) => slack.ok('conversations.history', { channel, ...args })
const tsOf = ({ ts }: { ts: string }): string => ts
const BOLD = { type: 'section', text: { type: 'mrkdwn', text: '*x*' } }

describe('posting', () => {
  // SLK-020
  test('the answer has the channel, a ts of six decimals and the message with its bot', async () => {
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

  test('a channel is named by id, by name with or without its sign, and a person by id', async () => {
    for (const name of ['acceptance', '#acceptance']) expect((await post({ channel: name })).channel).to.equal(channel)
    const direct = (await slack.ok('conversations.open', { users: slack.ben.userId })).channel.id
    expect((await post({ channel: slack.ben.userId })).channel).to.equal(direct)
  })

  // SLK-023, SLK-015
  test('refusals by name', async () => {
    const outside = (await slack.power('/channels', { teamId: slack.bot.teamId, name: 'outside' })).channels[0].id
    const hidden = (await slack.power('/channels', { teamId: slack.bot.teamId, name: 'hidden', kind: 'private' })).channels[0].id
    const closed = (
      await slack.power('/channels', { teamId: slack.bot.teamId, name: 'closed', archived: true, members: [slack.bot.userId] })
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

  test('a channel’s rules have names of their own', async () => {
    const { Ada } = await slack.others({ Ada: {} })
    const as = Ada?.botToken ?? ''
    const args = { channel: Ada?.channelId, text: 'x' }
    const { ts } = await slack.ok('chat.postMessage', args, { as })
    const policy = (name: string) => slack.power('/policies', { channelId: Ada?.channelId, policy: name })
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
    await slack.power('/locks', { channelId: Ada?.channelId, ts })
    expect(await slack.error('chat.postMessage', { ...args, thread_ts: ts }, { as })).to.equal('restricted_action_thread_locked')
    expect(await slack.error('reactions.add', { channel: Ada?.channelId, timestamp: ts, name: 'wave' }, { as })).to.equal(
      'thread_locked',
    )
  })

  test('chat:write.public opens public channels, chat:write.customize a name and picture', async () => {
    const { Ada } = await slack.others({ Ada: { outside: true, has: ['chat:write.public', 'chat:write.customize'] } })
    const args = { channel: Ada?.channelId, text: 'x', username: 'Somebody', icon_emoji: ':wave:' }
    const { message } = await slack.ok('chat.postMessage', args, { as: Ada?.botToken ?? '' })
    expect(message).to.deep.include({ username: 'Somebody', icons: { emoji: ':wave:' } })
  })

  test('more than 40,000 characters are cut off, with a warning', async () => {
    const answer = await post({ text: 'x'.repeat(40_001) })
    expect(answer.warning).to.equal('message_truncated')
    expect(answer.message.text).to.have.length(40_000)
  })

  test('the same message id twice posts once', async () => {
    const first = await post({ client_msg_id: 'a-b-c' })
    expect(await post({ client_msg_id: 'a-b-c' })).to.include({ ts: first.ts, is_duplicate: true })
  })

  test('metadata comes back when asked for', async () => {
    await post({ metadata: { event_type: 'glove_lost', event_payload: { colour: 'red' } } })
    expect((await history({ limit: 1 })).messages[0]).to.not.have.property('metadata')
    const [message] = (await history({ limit: 1, include_all_metadata: true })).messages
    expect(message.metadata).to.deep.equal({ event_type: 'glove_lost', event_payload: { colour: 'red' } })
  })
})

describe('text as it is kept', () => {
  // SLK-022
  const cases: [string, string][] = [
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    ['a &amp; b &lt;c&gt;', 'a &amp; b &lt;c&gt;'],
    ['<b>no</b>', '&lt;b&gt;no&lt;/b&gt;'],
    ['see https://example.com/a?b=1&c=2.', 'see <https://example.com/a?b=1&amp;c=2>.'],
    ['see www.example.com', 'see <http://www.example.com|www.example.com>'],
    [
      '<https://example.com|here> and <@U0123456789> in <#C0123456789> <!here> <!subteam^S01|@x> <!date^1^{date}|then>',
      '<https://example.com|here> and <@U0123456789> in <#C0123456789> <!here> <!subteam^S01|@x> <!date^1^{date}|then>',
    ],
    ['`https://example.com` 🎉', '`https://example.com` :tada:'],
    ['```\na < b 👍\n```', '```\na &lt; b 👍\n```'],
    ['👍 👎 🎉 ❤️ 👋🏽', ':+1: :-1: :tada: :heart: :wave::skin-tone-4:'],
    ['@ben.okafor', '@ben.okafor'],
  ]
  for (const [sent, kept] of cases) {
    test(sent.slice(0, 40), async () => {
      expect((await post({ text: sent })).message.text).to.equal(kept)
    })
  }

  test('names are linked only when asked for', async () => {
    const { message } = await post({ text: '@ben.okafor and @here in #acceptance', link_names: true })
    expect(message.text).to.equal(`<@${slack.ben.userId}> and <!here> in <#${channel}|acceptance>`)
  })
})

describe('blocks', () => {
  const cases: [string, object[], string][] = [
    ['too many', Array.from({ length: 51 }, () => ({ type: 'divider' })), '/blocks]'],
    ['an unknown type', [{ type: 'rhombus' }], '/blocks/0/type]'],
    ['a section too long', [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }], '/blocks/0/text/text]'],
    ['a header of mrkdwn', [BOLD, { type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/1/text/type]'],
    [
      'a table too long',
      [{ type: 'table', rows: Array.from({ length: 101 }, () => [{ type: 'raw_text', text: 'x' }]) }],
      '/blocks/0/rows]',
    ],
    [
      'a row too wide',
      [{ type: 'table', rows: [Array.from({ length: 21 }, () => ({ type: 'raw_text', text: 'x' }))] }],
      '/blocks/0/rows/0]',
    ],
    ['a cell of no kind', [{ type: 'table', rows: [[{ type: 'mrkdwn', text: 'x' }]] }], '/blocks/0/rows/0/0/type]'],
  ]
  for (const [what, blocks, pointer] of cases) {
    test(`${what} is named by its place`, async () => {
      const { body } = await slack.call('chat.postMessage', { channel, text: 'x', blocks })
      expect(body.error).to.equal('invalid_blocks')
      expect(body.response_metadata.messages.join()).to.include(pointer)
    })
  }

  test('a message of blocks alone is one', async () => {
    expect((await post({ text: '', blocks: [BOLD, { type: 'divider' }] })).message.blocks).to.have.length(2)
  })
})

describe('changing and deleting', () => {
  test('an update keeps the ts and tells who edited', async () => {
    const { ts } = await post()
    const answer = await slack.ok('chat.update', { channel, ts, text: 'Two red gloves' })
    expect(answer).to.include({ channel, ts, text: 'Two red gloves' })
    expect((await history({ limit: 1 })).messages[0].edited.user).to.equal(slack.bot.userId)
  })

  test('refusals by name', async () => {
    const { ts } = await post()
    const bens = (await slack.power('/messages', { channelId: channel, userId: slack.ben.userId, text: 'mine' })).ts
    const cases: [string, string, object][] = [
      ['message_not_found', 'chat.update', { ts: '1.000000', text: 'x' }],
      ['cant_update_message', 'chat.update', { ts: bens, text: 'x' }],
      ['msg_too_long', 'chat.update', { ts, text: 'x'.repeat(4_001) }],
      ['no_text', 'chat.update', { ts }],
      ['channel_not_found', 'chat.update', { ts, text: 'x', channel: '#acceptance' }],
      ['message_not_found', 'chat.delete', { ts: '1.000000' }],
      ['cant_delete_message', 'chat.delete', { ts: bens }],
      ['message_not_found', 'chat.getPermalink', { message_ts: '1.000000' }],
    ]
    for (const [error, method, args] of cases)
      expect(await slack.error(method, { channel, ...args }), `${method} ${error}`).to.equal(error)
  })

  test('a deleted parent leaves a placeholder until its last reply is gone', async () => {
    const { ts } = await post()
    const reply = await post({ thread_ts: ts })
    await slack.ok('chat.delete', { channel, ts })
    const [parent] = (await slack.ok('conversations.replies', { channel, ts })).messages
    expect(parent).to.include({ subtype: 'tombstone', user: 'USLACKBOT', hidden: true })
    expect(await slack.error('chat.delete', { channel, ts })).to.equal('message_not_found')
    await slack.ok('chat.delete', { channel, ts: reply.ts })
    expect(await slack.error('conversations.replies', { channel, ts })).to.equal('thread_not_found')
  })

  test('a permalink leads to the message, a reply’s through its thread', async () => {
    const { ts } = await post()
    const reply = await post({ thread_ts: ts })
    const link = async (of: string) => (await slack.ok('chat.getPermalink', { channel, message_ts: of })).permalink
    expect(await link(ts)).to.match(new RegExp(`slack.com/archives/${channel}/p${ts.replace('.', '')}$`))
    expect(await link(reply.ts)).to.include(`?thread_ts=${ts}&cid=${channel}`)
  })
})

describe('threads', () => {
  // SLK-050, SLK-051
  test('the parent counts its replies, which the channel does not show', async () => {
    const { ts } = await post()
    const first = await post({ thread_ts: ts })
    const second = await post({ thread_ts: first.ts })
    const { messages, has_more } = await slack.ok('conversations.replies', { channel, ts: second.ts })
    expect(messages.map(tsOf)).to.deep.equal([ts, first.ts, second.ts])
    expect(has_more).to.equal(false)
    expect(messages[0]).to.deep.include({
      thread_ts: ts,
      reply_count: 2,
      reply_users: [slack.bot.userId],
      reply_users_count: 1,
      latest_reply: second.ts,
      is_locked: false,
      subscribed: false,
    })
    expect(messages[1]).to.include({ thread_ts: ts, parent_user_id: slack.bot.userId })
    const shown = (await history({ limit: 3 })).messages.map(tsOf)
    expect(shown[0]).to.equal(ts)
    expect(shown).to.not.include(first.ts)
  })

  // SLK-052
  test('a broadcast reply stands in the channel, too; what Slack says itself takes none', async () => {
    const { ts } = await post()
    const reply = await post({ thread_ts: ts, reply_broadcast: true })
    expect(reply.message.subtype).to.equal('thread_broadcast')
    expect((await history({ limit: 1 })).messages[0]).to.include({ ts: reply.ts, subtype: 'thread_broadcast' })
    const made = (await slack.ok('conversations.create', { name: `joined-${Date.now()}` })).channel.id
    const [joined] = (await slack.ok('conversations.history', { channel: made })).messages
    expect(joined.subtype).to.equal('channel_join')
    expect(await slack.error('chat.postMessage', { channel: made, text: 'x', thread_ts: joined.ts })).to.equal(
      'cannot_reply_to_message',
    )
  })

  test('replies come in pages, oldest first', async () => {
    const { ts } = await post()
    const replies = []
    for (let at = 0; at < 4; at++) replies.push((await post({ thread_ts: ts })).ts)
    const first = await slack.ok('conversations.replies', { channel, ts, limit: 2 })
    expect([first.messages.map(tsOf), first.has_more]).to.deep.equal([[ts, replies[0]], true])
    const rest = await slack.ok('conversations.replies', { channel, ts, cursor: first.response_metadata.next_cursor })
    expect(rest.messages.map(tsOf)).to.deep.equal(replies.slice(1))
    expect(await slack.error('conversations.replies', { channel, ts: '1.000000' })).to.equal('thread_not_found')
  })
})

describe('history', () => {
  // SLK-070, SLK-072
  test('newest first; pages, borders and what is no time', async () => {
    const { Ada } = await slack.others({ Ada: {} })
    const as = Ada?.botToken ?? ''
    const own = { channel: Ada?.channelId }
    const sent: string[] = []
    for (let at = 0; at < 5; at++) sent.unshift((await slack.ok('chat.postMessage', { ...own, text: `${at}` }, { as })).ts)
    const ask = (args: object) => slack.ok('conversations.history', { ...own, ...args }, { as })
    const first = await ask({ limit: 2 })
    expect([first.messages.map(tsOf), first.has_more, first.pin_count, first.channel_actions_ts]).to.deep.equal([
      sent.slice(0, 2),
      true,
      0,
      null,
    ])
    const second = await ask({ limit: 3, cursor: first.response_metadata.next_cursor })
    expect([second.messages.map(tsOf), second.has_more]).to.deep.equal([sent.slice(2), false])
    expect(second).to.not.have.nested.property('response_metadata.next_cursor')
    expect((await ask({ oldest: sent[3], latest: sent[1] })).messages.map(tsOf)).to.deep.equal([sent[2]])
    expect((await ask({ oldest: sent[3], latest: sent[1], inclusive: true })).messages.map(tsOf)).to.deep.equal(sent.slice(1, 4))
    const faults: [string, object][] = [
      ['invalid_ts_latest', { latest: 'soon' }],
      ['invalid_ts_oldest', { oldest: 'long ago' }],
      ['invalid_cursor', { cursor: 'x' }],
    ]
    for (const [error, args] of faults)
      expect(await slack.error('conversations.history', { ...own, ...args }, { as })).to.equal(error)
  })

  test('is for members: not in a public channel, and there is no such private one', async () => {
    for (const [kind, error] of [
      ['public', 'not_in_channel'],
      ['private', 'channel_not_found'],
    ]) {
      const { channels } = await slack.power('/channels', { teamId: slack.bot.teamId, name: `not-mine-${kind}`, kind })
      expect(await slack.error('conversations.history', { channel: channels[0].id })).to.equal(error)
    }
  })
})
