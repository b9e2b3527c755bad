import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import WebSocket from 'ws'
import { eventually } from '../../../support/core/eventually'
import type { Anything } from '../../support/colony'
import { bareSlack, type SlackWire } from '../../support/slack'

let slack: SlackWire
before(async () => {
  slack = await bareSlack()
})
after(() => slack.stop())

interface Ear {
  socket: WebSocket
  hello: Anything
  heard: Anything[]
  events(type: string): Anything[]
  ack(envelope: Anything): void
}

interface Listener {
  Ada: Record<string, string>
  Ben: Record<string, string>
}

/** A workspace of one's own, so that tests do not hear each other. */
async function somebody(lacks: string[] = []): Promise<Listener> {
  const { Ada = {}, Ben = {} } = await slack.others({ Ada: { lacks }, Ben: {} })
  return { Ada, Ben }
}

async function listen({ Ada }: Listener, { acks = true } = {}): Promise<Ear> {
  const { url } = await slack.ok('apps.connections.open', {}, { as: Ada.appToken ?? '' })
  const socket = new WebSocket(url)
  const heard: Anything[] = []
  const ack = (envelope: Anything) => socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: {} }))
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    heard.push(message)
    if (acks && message.envelope_id) ack(message)
  })
  after(() => socket.terminate())
  await eventually(() => expect(heard.length, 'what came, the hello first').to.be.at.least(1))
  const events = (type: string) =>
    heard.filter(({ payload }) => payload?.event?.type === type).map(({ payload }) => payload.event)
  return { socket, hello: heard[0], heard, ack, events }
}

const says = ({ Ada, Ben }: Listener, text: string) =>
  slack.power('/messages', { channelId: Ada.channelId, userId: Ben.userId, text })

describe('connections', () => {
  test('a ticket opens one connection, which is greeted', async () => {
    const who = await somebody()
    const { url } = await slack.ok('apps.connections.open', {}, { as: who.Ada.appToken ?? '' })
    expect(url).to.match(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/)
    const socket = new WebSocket(`${url}&debug_reconnects=true`)
    const [data] = await once(socket, 'message')
    const hello = JSON.parse(String(data))
    expect(hello).to.deep.include({ type: 'hello', num_connections: 1, connection_info: { app_id: who.Ada.appId } })
    expect(hello.debug_info.approximate_connection_time).to.equal(360)
    const second = new WebSocket(url)
    const [error] = await once(second, 'error')
    expect(String(error)).to.include('401')
    socket.terminate()
  })

  test('only a post with the app’s token in the header, and its scope', async () => {
    const { appToken = '' } = slack.bot
    expect(await slack.error('apps.connections.open', {}, { as: appToken, how: 'query' })).to.equal('insecure_request')
    expect(await slack.error('apps.connections.open', { token: appToken }, { as: null })).to.equal('not_authed')
    const { Ada } = await somebody(['connections:write'])
    const { body } = await slack.call('apps.connections.open', {}, { as: Ada.appToken ?? '' })
    expect(body).to.include({ error: 'missing_scope', needed: 'connections:write' })
  })

  test('pings are answered, with their payload', async () => {
    const { socket } = await listen(await somebody())
    socket.ping('sdk-ping-pong:1')
    const [payload] = await once(socket, 'pong')
    expect(String(payload)).to.equal('sdk-ping-pong:1')
  })

  test('ten are the most; each message goes to exactly one', async () => {
    const who = await somebody()
    const ears = await Promise.all(Array.from({ length: 10 }, () => listen(who)))
    expect(
      ears
        .map(({ hello }) => hello.num_connections)
        .sort((a, b) => a - b)
        .at(-1),
    ).to.equal(10)
    const { hello } = await listen(who)
    expect(hello).to.include({ type: 'disconnect', reason: 'too_many_websockets' })
    for (let at = 0; at < 5; at++) await says(who, `${at}`)
    await eventually(() => expect(ears.flatMap((ear) => ear.events('message'))).to.have.length(5))
  })
})

describe('events', () => {
  // SLK-100, SLK-101, SLK-031
  test('a message comes as a message, and as a mention where it names the bot', async () => {
    const who = await somebody()
    const ear = await listen(who)
    const { ts } = await says(who, `<@${who.Ada.userId}> hi`)
    await eventually(() => expect(ear.heard).to.have.length(3))
    const [, envelope] = ear.heard
    expect(envelope).to.include({ type: 'events_api', accepts_response_payload: false, retry_attempt: 0, retry_reason: '' })
    expect(envelope.payload).to.include({
      type: 'event_callback',
      team_id: who.Ada.teamId,
      api_app_id: who.Ada.appId,
      is_ext_shared_channel: false,
    })
    expect(envelope.payload.event_id).to.match(/^Ev/)
    expect(envelope.payload.authorizations).to.deep.equal([
      { enterprise_id: null, team_id: who.Ada.teamId, user_id: who.Ada.userId, is_bot: true, is_enterprise_install: false },
    ])
    const [message] = ear.events('message')
    expect(message).to.include({
      channel: who.Ada.channelId,
      channel_type: 'channel',
      user: who.Ben.userId,
      ts,
      event_ts: ts,
      team: who.Ada.teamId,
    })
    const [mention] = ear.events('app_mention')
    expect(mention).to.include({ channel: who.Ada.channelId, user: who.Ben.userId, ts, text: `<@${who.Ada.userId}> hi` })
    expect(mention).to.not.have.property('channel_type')
  })

  test('changes, deletions, reactions, members, direct conversations and profiles', async () => {
    const who = await somebody()
    const as = who.Ada.botToken ?? ''
    const ben = who.Ben.userToken ?? ''
    const channel = who.Ada.channelId
    const ear = await listen(who)
    const { ts } = await slack.ok('chat.postMessage', { channel, text: 'x' }, { as })
    await slack.ok('chat.update', { channel, ts, text: 'y' }, { as })
    await slack.ok('reactions.add', { channel, timestamp: ts, name: 'wave' }, { as: ben })
    await slack.ok('reactions.remove', { channel, timestamp: ts, name: 'wave' }, { as: ben })
    await slack.ok('chat.delete', { channel, ts }, { as })
    await slack.ok('conversations.open', { users: who.Ada.userId }, { as: ben })
    await slack.ok('users.profile.set', { profile: { status_text: 'x', status_emoji: ':wave:' } }, { as: ben })
    await eventually(() => expect(ear.events('user_status_changed')).to.have.length(1))
    expect(ear.events('message').map(({ subtype }) => subtype)).to.deep.equal([undefined, 'message_changed', 'message_deleted'])
    expect(ear.events('message')[0].bot_id).to.equal(who.Ada.botId)
    expect(ear.events('message')[1]).to.deep.include({ hidden: true, channel }).and.have.nested.property('message.text', 'y')
    expect(ear.events('message')[2].deleted_ts).to.equal(ts)
    for (const type of ['reaction_added', 'reaction_removed'])
      expect(ear.events(type)[0]).to.deep.include({
        user: who.Ben.userId,
        reaction: 'wave',
        item_user: who.Ada.userId,
        item: { type: 'message', channel, ts },
      })
    expect(ear.events('im_created')).to.have.length(1)
    expect(ear.events('user_change')[0].user.id).to.equal(who.Ben.userId)
  })

  test('only where the bot is, and as far as its scopes go', async () => {
    const who = await somebody(['channels:history', 'app_mentions:read'])
    const ear = await listen(who)
    await says(who, `<@${who.Ada.userId}> hi`)
    await slack.ok(
      'reactions.add',
      { channel: who.Ada.channelId, timestamp: (await says(who, 'x')).ts, name: 'wave' },
      { as: who.Ben.userToken ?? '' },
    )
    await eventually(() => expect(ear.events('reaction_added')).to.have.length(1))
    expect([...ear.events('message'), ...ear.events('app_mention')]).to.deep.equal([])
  })
})

describe('what is not acknowledged', () => {
  test('comes again, the same, counted, and not once more after it is', async () => {
    const who = await somebody()
    await slack.power('/socket/patience', { token: who.Ada.appToken, ack: 30, retries: [10, 20, 20] })
    const ear = await listen(who, { acks: false })
    await says(who, 'hello?')
    await eventually(() => expect(ear.heard.length).to.be.at.least(3))
    const [, first, again] = ear.heard
    expect(again).to.deep.include({
      payload: first.payload,
      envelope_id: first.envelope_id,
      retry_attempt: 1,
      retry_reason: 'timeout',
    })
    ear.ack(again)
    await eventually(async () =>
      expect(await slack.ask(`/socket?token=${who.Ada.appToken}`)).to.deep.equal({ connections: 1, unacknowledged: 0 }),
    )
  })

  test('is given up after the last attempt', async () => {
    const who = await somebody()
    await slack.power('/socket/patience', { token: who.Ada.appToken, ack: 10, retries: [5, 5] })
    const ear = await listen(who, { acks: false })
    await says(who, 'hello?')
    await eventually(async () => expect((await slack.ask(`/socket?token=${who.Ada.appToken}`)).unacknowledged).to.equal(0))
    expect(ear.heard.slice(1).map(({ retry_attempt }) => retry_attempt)).to.deep.equal([0, 1, 2])
  })

  // SLK-104
  test('outlives its connection: what was said meanwhile waits for the next one', async () => {
    for (const reason of ['refresh_requested', 'cut', 'link_disabled']) {
      const who = await somebody()
      const ear = await listen(who, { acks: false })
      await says(who, 'before')
      await eventually(() => expect(ear.events('message')).to.have.length(1))
      const closed = once(ear.socket, 'close')
      await slack.power('/socket/disconnect', { token: who.Ada.appToken, reason })
      await closed
      if (reason !== 'cut') expect(ear.heard.at(-1)).to.include({ type: 'disconnect', reason })
      if (reason === 'link_disabled') continue
      await says(who, 'meanwhile')
      const next = await listen(who)
      await eventually(() => expect(next.events('message').map(({ text }) => text)).to.deep.equal(['before', 'meanwhile']))
    }
  })

  test('a warning comes before the close, and messages in between', async () => {
    const who = await somebody()
    const ear = await listen(who)
    await slack.power('/socket/disconnect', { token: who.Ada.appToken, reason: 'warning', after: 50 })
    await says(who, 'still here')
    const closed = once(ear.socket, 'close')
    await eventually(() => expect(ear.events('message')).to.have.length(1))
    await closed
  })
})
