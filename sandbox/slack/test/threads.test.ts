import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

let channel: string
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} }, (slack) => {
  channel = slack.bot.channelId ?? ''
})

const post = (args: object = {}) => slack.ok('chat.postMessage', { channel, text: 'One red glove', ...args })
const history = async (args: object = {}) => slack.ok('conversations.history', { channel, ...args })
const tsOf = ({ ts }: { ts: string }): string => ts

describe('changing and deleting', () => {
  test('an update keeps the ts and contains its editor', async () => {
    const { ts } = await post()
    const answer = await slack.ok('chat.update', { channel, ts, text: 'Two red gloves' })
    expect(answer).to.include({ channel, ts, text: 'Two red gloves' })
    expect((await history({ limit: 1 })).messages[0].edited.user).to.equal(slack.bot.userId)
  })

  test('refusals by name', async () => {
    const { ts } = await post()
    const bens = (await slack.callControl('/messages', { channelId: channel, userId: slack.ben.userId, text: 'mine' })).ts
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

  test('a permalink refers to the message, a reply’s also to its thread', async () => {
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
  test('a broadcast reply is also shown in the channel; Slack’s own messages accept no replies', async () => {
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

  test('replies are listed in pages, oldest first', async () => {
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
