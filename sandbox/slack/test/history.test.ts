import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} })

const tsOf = ({ ts }: { ts: string }): string => ts

describe('history', () => {
  // SLK-070, SLK-072
  test('newest first; pages, bounds and invalid times', async () => {
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

  test('is for members: refused in a public channel, not found in a private one', async () => {
    for (const [kind, error] of [
      ['public', 'not_in_channel'],
      ['private', 'channel_not_found'],
    ]) {
      const { channels } = await slack.callControl('/channels', { teamId: slack.bot.teamId, name: `not-mine-${kind}`, kind })
      expect(await slack.error('conversations.history', { channel: channels[0].id })).to.equal(error)
    }
  })
})
