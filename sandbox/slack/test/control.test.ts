import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { startSlack } from '../server'
import { ownSlack } from './support/server'

const slack = ownSlack()

/** @returns the message with which the control API refuses a request */
async function refusal(path: string, body: unknown): Promise<string> {
  return slack.callControl(path, body).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

describe('the control API', () => {
  const channelId = () => slack.bot.channelId
  const userId = () => slack.ben.userId
  const cases: [string, () => object, RegExp][] = [
    ['/messages', () => ({ channelId: channelId(), userId: 'U0', text: 'a' }), /404.*no user U0/],
    ['/messages', () => ({ channelId: channelId(), userId: userId(), text: 'a', threadTs: '1.01' }), /404.*no message 1\.01/],
    ['/reactions', () => ({ channelId: channelId(), userId: userId(), ts: '1.01', name: 'tada' }), /404.*no message 1\.01/],
    ['/presence', () => ({ userId: 'U0', presence: 'away' }), /404.*no user U0/],
    ['/channels', () => ({ teamId: 'T0', name: 'a' }), /404.*no team T0/],
    ['/users', () => ({ teamId: 'T0', count: 1 }), /404.*no team T0/],
    ['/emoji', () => ({ teamId: 'T0', name: 'a' }), /404.*no team T0/],
    ['/tokens', () => ({ token: 'xoxb-0', state: 'revoked' }), /404.*no token/],
    ['/tokens', () => ({ token: 'xoxb-0', state: 'lost' }), /400.*state: Invalid option/],
    ['/people', () => ({}), /400.*people/],
    ['/people', () => ({ people: [{ name: 'Dan', lack: ['chat:write'] }] }), /400.*people\.0: Unrecognized key: \\"lack\\"/],
    ['/faults', () => ({ kind: 'nonsense' }), /400.*kind/],
    ['/faults', () => ({ kind: 'stale-read' }), /400.*on: /],
    ['/nothing', () => ({}), /404.*There is no POST \/nothing\. There are: .*POST \/people/],
  ]
  for (const [path, body, message] of cases) {
    test(`refuses POST ${path} with ${message.source}`, async () => {
      expect(await refusal(path, body())).to.match(message)
    })
  }

  test('names the missing fields where there is no body', async () => {
    const alone = await startSlack()
    try {
      for (const [path, field] of [
        ['/people', 'people'],
        ['/limits', 'on'],
      ]) {
        const response = await fetch(`${alone.control}${path}`, { method: 'POST' })
        const { error } = (await response.json()) as { error: string }
        expect(response.status, path).to.equal(400)
        expect(error, path).to.match(new RegExp(`^${field}: `))
      }
      const list = await fetch(`${alone.control}/limits`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '[]',
      })
      expect(await list.json()).to.deep.equal({ error: 'The body must be a JSON object.' })
    } finally {
      await alone.stop()
    }
  })
})

describe('people act as Slack allows', () => {
  test('a reaction is added once, whatever the name of the emoji', async () => {
    const { channelId, userId } = { channelId: slack.bot.channelId, userId: slack.ben.userId }
    const { ts } = await slack.callControl('/messages', { channelId, userId, text: 'Found' })
    await slack.ok('reactions.add', { channel: channelId, timestamp: ts, name: 'thumbsup' })
    for (const name of ['+1', 'thumbsup']) await slack.callControl('/reactions', { channelId, ts, userId, name })
    const { message } = await slack.ok('reactions.get', { channel: channelId, timestamp: ts })
    expect(message.reactions).to.deep.equal([{ name: 'thumbsup', users: [slack.bot.userId, userId], count: 2 }])
  })

  test('a reply to a reply belongs to the thread', async () => {
    const { channelId, userId } = { channelId: slack.bot.channelId, userId: slack.ben.userId }
    const { ts } = await slack.callControl('/messages', { channelId, userId, text: 'Whose?' })
    const { ts: reply } = await slack.callControl('/messages', { channelId, userId, text: 'Mine', threadTs: ts })
    const { thread_ts } = await slack.callControl('/messages', { channelId, userId, text: 'No, mine', threadTs: reply })
    expect(thread_ts).to.equal(ts)
  })
})

test('a sandbox of its own names two people besides the bot', async () => {
  const { control, variables, stop } = await startSlack()
  after(stop)
  const { users } = (await (await fetch(`${control}/state`)).json()) as { users: [string, { name: string }][] }
  const names = users.map(([, { name }]) => name)
  expect(names).to.include.members([variables.SLACK_TEST_USER_NAME, variables.SLACK_SECOND_USER_NAME])
  expect(variables.SLACK_SECOND_USER_NAME).to.not.equal(variables.SLACK_TEST_USER_NAME)
})
