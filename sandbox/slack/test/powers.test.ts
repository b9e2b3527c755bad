import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { RunningSandbox } from '../../kit/sandbox'
import { startSlack } from '../server'
import { ownSlack } from './support/server'

const slack = ownSlack()

/** @returns what a power that was refused says */
async function refusal(path: string, body: unknown): Promise<string> {
  return slack.power(path, body).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

describe('powers that are asked for what is not there', () => {
  const cases: [string, object, RegExp][] = [
    ['/messages', { userId: 'U0', text: 'a' }, /404.*no user U0/],
    ['/messages', { text: 'a', threadTs: '1.000001' }, /404.*no message 1\.000001/],
    ['/reactions', { ts: '1.000001', name: 'tada' }, /404.*no message 1\.000001/],
    ['/presence', { userId: 'U0', presence: 'away' }, /404.*no user U0/],
    ['/channels', { teamId: 'T0', name: 'a' }, /404.*no team T0/],
    ['/users', { teamId: 'T0', count: 1 }, /404.*no team T0/],
    ['/emoji', { teamId: 'T0', name: 'a' }, /404.*no team T0/],
    ['/tokens', { token: 'xoxb-0', state: 'revoked' }, /404.*no token given/],
    ['/people', {}, /400.*people/],
  ]
  for (const [path, body, says] of cases) {
    test(`${path} ${JSON.stringify(body)}`, async () => {
      const usual = { channelId: slack.bot.channelId, userId: slack.ben.userId }
      expect(await refusal(path, path === '/people' ? body : { ...usual, ...body })).to.match(says)
    })
  }

  test('a power without a body says so', async () => {
    const alone: RunningSandbox = await startSlack()
    try {
      for (const path of ['/people', '/messages', '/limits']) {
        const answer = await fetch(`${alone.control}${path}`, { method: 'POST' })
        expect([answer.status, await answer.json()], path).to.deep.equal([400, { error: 'a body in JSON is wanted' }])
      }
    } finally {
      await alone.stop()
    }
  })
})

describe('people act as Slack lets them', () => {
  test('a reaction is given once, whatever the emoji is called', async () => {
    const { channelId, userId } = { channelId: slack.bot.channelId, userId: slack.ben.userId }
    const { ts } = await slack.power('/messages', { channelId, userId, text: 'Found' })
    await slack.ok('reactions.add', { channel: channelId, timestamp: ts, name: 'thumbsup' })
    for (const name of ['+1', 'thumbsup']) await slack.power('/reactions', { channelId, ts, userId, name })
    const { message } = await slack.ok('reactions.get', { channel: channelId, timestamp: ts })
    expect(message.reactions).to.deep.equal([{ name: 'thumbsup', users: [slack.bot.userId, userId], count: 2 }])
  })

  test('a reply to a reply belongs to the thread', async () => {
    const { channelId, userId } = { channelId: slack.bot.channelId, userId: slack.ben.userId }
    const { ts } = await slack.power('/messages', { channelId, userId, text: 'Whose?' })
    const { ts: reply } = await slack.power('/messages', { channelId, userId, text: 'Mine', threadTs: ts })
    const { thread_ts } = await slack.power('/messages', { channelId, userId, text: 'No, mine', threadTs: reply })
    expect(thread_ts).to.equal(ts)
  })
})
