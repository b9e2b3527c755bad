import { after, before, describe, test } from 'node:test'
import { App, LogLevel } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { ErrorCode, WebClient } from '@slack/web-api'
import { expect } from 'chai'
import { eventually } from '../../kit/test/eventually'
import { ownSlack } from './support/server'

let client: WebClient
let channel: string
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} }, (slack) => {
  client = new WebClient(slack.bot.botToken, {
    slackApiUrl: slack.address,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 1, minTimeout: 1 },
  })
  channel = slack.bot.channelId ?? ''
})

const says = (text: string) => slack.callControl('/messages', { channelId: channel, userId: slack.ben.userId, text })

describe('@slack/web-api, only its address changed', () => {
  test('walks pages', async () => {
    await slack.callControl('/channels', { teamId: slack.bot.teamId, name: 'page', count: 25 })
    const names: (string | undefined)[] = []
    let pages = 0
    for await (const page of client.paginate('conversations.list', { limit: 10 })) {
      pages++
      names.push(...((page as { channels?: { name?: string }[] }).channels ?? []).map(({ name }) => name))
    }
    expect([pages, new Set(names).size]).to.deep.equal([3, 27])
  })

  test('uploads a file', async () => {
    await client.filesUploadV2({
      channel_id: channel,
      file: Buffer.from('red'),
      filename: 'glove.txt',
      initial_comment: 'Look',
      title: 'A glove',
    })
    const { messages } = await client.conversations.history({ channel, limit: 1 })
    expect(messages?.[0]?.files?.[0]).to.include({ name: 'glove.txt', title: 'A glove', size: 3 })
  })

  test('opens a direct message', async () => {
    const opened = await client.conversations.open({ users: slack.ben.userId ?? '' })
    const sent = await client.chat.postMessage({ channel: opened.channel?.id ?? '', text: 'Psst' })
    expect([sent.channel, sent.message?.text]).to.deep.equal([opened.channel?.id, 'Psst'])
  })

  test('receives errors by name and scopes by header', async () => {
    const failure = await client.conversations.info({ channel: 'C0NOTTHERE0' }).catch((error: unknown) => error)
    expect(failure).to.include({ code: ErrorCode.PlatformError }).and.have.nested.property('data.error', 'channel_not_found')
    const { response_metadata } = await client.auth.test()
    expect(response_metadata?.scopes).to.include('chat:write')
  })

  test('waits for a rate limit', async () => {
    await slack.callControl('/rate-limits', { token: slack.bot.botToken, method: 'auth.test', times: 1, seconds: 1 })
    expect((await client.auth.test()).ok).to.equal(true)
  })
})

describe('@slack/bolt in Socket Mode, only its address changed', () => {
  let app: App
  before(async () => {
    const { botToken: token = '', appToken = '' } = slack.bot
    app = new App({ token, appToken, socketMode: true, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: slack.address } })
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: `You said: ${event.text.slice(0, 100)}`, thread_ts: event.ts })
    })
    app.message('knock', async ({ say }) => {
      await say('Who is there?')
    })
    await app.start()
  })
  after(() => app.stop())

  // SLK-102
  test('replies to a mention', async () => {
    const { ts } = await says(`<@${slack.bot.userId}> hello & welcome`)
    await eventually(async () => {
      const { messages } = await client.conversations.replies({ channel, ts })
      expect(messages?.map(({ text }) => text)).to.deep.equal([
        `<@${slack.bot.userId}> hello &amp; welcome`,
        `You said: <@${slack.bot.userId}> hello &amp; welcome`,
      ])
    })
  })

  test('receives messages without a mention', async () => {
    await says('knock knock')
    await eventually(async () => {
      const { messages } = await client.conversations.history({ channel, limit: 1 })
      expect(messages?.[0]?.text).to.equal('Who is there?')
    })
  })
})

describe('@slack/socket-mode, only its address changed', () => {
  test('reconnects after every kind of disconnect, and misses no event', async () => {
    const { Ada = {}, Ben = {} } = await slack.others({ Ada: {}, Ben: {} })
    const { appToken = '' } = Ada
    const socket = new SocketModeClient({
      appToken,
      clientPingTimeout: 500,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: slack.address },
    })
    const received: string[] = []
    socket.on('message', async ({ ack, event }) => {
      await ack()
      received.push(event.text)
    })
    await socket.start()
    after(() => socket.disconnect())
    for (const reason of ['refresh_requested', 'warning', 'cut']) {
      const back = new Promise((resolve) => socket.once('connected', resolve))
      await slack.callControl('/socket/disconnect', { token: appToken, reason, after: 50 })
      await slack.callControl('/messages', { channelId: Ada.channelId, userId: Ben.userId, text: reason })
      await back
    }
    await eventually(() => expect([...new Set(received)]).to.deep.equal(['refresh_requested', 'warning', 'cut']))
  })

  test('does not start with an unknown token', async () => {
    const socket = new SocketModeClient({
      appToken: 'xapp-nobody',
      logLevel: LogLevel.ERROR,
      logger: quiet(),
      clientOptions: { slackApiUrl: slack.address },
    })
    const failure = await socket.start().catch((error: unknown) => error)
    expect(failure).to.have.nested.property('data.error', 'invalid_auth')
  })
})

function quiet() {
  const nothing = () => undefined
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
    getLevel: () => LogLevel.ERROR,
  }
}
