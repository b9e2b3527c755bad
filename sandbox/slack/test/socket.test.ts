import { once } from 'node:events'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import WebSocket from 'ws'
import { eventually } from '../../kit/test/eventually'
import { ownSlack } from './support/server'
import { listen, newPeople, says } from './support/socket-client'

const slack = ownSlack()

describe('connections', () => {
  test('a ticket opens one connection, which receives hello', async () => {
    const who = await newPeople(slack)
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

  test('only POST with the app’s token in the header, and its scope', async () => {
    const { appToken = '' } = slack.bot
    expect(await slack.error('apps.connections.open', {}, { as: appToken, how: 'query' })).to.equal('insecure_request')
    expect(await slack.error('apps.connections.open', { token: appToken }, { as: null })).to.equal('not_authed')
    const { Ada } = await newPeople(slack, ['connections:write'])
    const { body } = await slack.call('apps.connections.open', {}, { as: Ada.appToken ?? '' })
    expect(body).to.include({ error: 'missing_scope', needed: 'connections:write' })
  })

  test('pings are answered, with their payload', async () => {
    const { socket } = await listen(slack, await newPeople(slack))
    socket.ping('sdk-ping-pong:1')
    const [payload] = await once(socket, 'pong')
    expect(String(payload)).to.equal('sdk-ping-pong:1')
  })

  test('at most ten are allowed; each message is sent to exactly one', async () => {
    const who = await newPeople(slack)
    const clients = await Promise.all(Array.from({ length: 10 }, () => listen(slack, who)))
    expect(
      clients
        .map(({ hello }) => hello.num_connections)
        .sort((a, b) => a - b)
        .at(-1),
    ).to.equal(10)
    const { hello } = await listen(slack, who)
    expect(hello).to.include({ type: 'disconnect', reason: 'too_many_websockets' })
    for (let at = 0; at < 5; at++) await says(slack, who, `${at}`)
    await eventually(() => expect(clients.flatMap((client) => client.events('message'))).to.have.length(5))
  })
})

describe('envelopes that are not acknowledged', () => {
  test('are redelivered unchanged with a count, until they are acknowledged', async () => {
    const who = await newPeople(slack)
    await slack.callControl('/socket/redelivery', { token: who.Ada.appToken, ack: 30, retries: [10, 20, 20] })
    const client = await listen(slack, who, { acks: false })
    await says(slack, who, 'hello?')
    await eventually(() => expect(client.received.length).to.be.at.least(3))
    const [, first, again] = client.received
    expect(again).to.deep.include({
      payload: first.payload,
      envelope_id: first.envelope_id,
      retry_attempt: 1,
      retry_reason: 'timeout',
    })
    client.ack(again)
    await eventually(async () =>
      expect(await slack.ask(`/socket?token=${who.Ada.appToken}`)).to.deep.equal({ connections: 1, unacknowledged: 0 }),
    )
  })

  test('are dropped after the last attempt', async () => {
    const who = await newPeople(slack)
    await slack.callControl('/socket/redelivery', { token: who.Ada.appToken, ack: 10, retries: [5, 5] })
    const client = await listen(slack, who, { acks: false })
    await says(slack, who, 'hello?')
    await eventually(async () => expect((await slack.ask(`/socket?token=${who.Ada.appToken}`)).unacknowledged).to.equal(0))
    expect(client.received.slice(1).map(({ retry_attempt }) => retry_attempt)).to.deep.equal([0, 1, 2])
  })

  // SLK-104
  test('are kept when the connection closes: later ones wait for the next connection', async () => {
    for (const reason of ['refresh_requested', 'cut', 'link_disabled']) {
      const who = await newPeople(slack)
      const client = await listen(slack, who, { acks: false })
      await says(slack, who, 'before')
      await eventually(() => expect(client.events('message')).to.have.length(1))
      const closed = once(client.socket, 'close')
      await slack.callControl('/socket/disconnect', { token: who.Ada.appToken, reason })
      await closed
      if (reason !== 'cut') expect(client.received.at(-1)).to.include({ type: 'disconnect', reason })
      if (reason === 'link_disabled') continue
      await says(slack, who, 'meanwhile')
      const next = await listen(slack, who)
      await eventually(() => expect(next.events('message').map(({ text }) => text)).to.deep.equal(['before', 'meanwhile']))
    }
  })

  test('a warning comes before the close, and messages in between', async () => {
    const who = await newPeople(slack)
    const client = await listen(slack, who)
    await slack.callControl('/socket/disconnect', { token: who.Ada.appToken, reason: 'warning', after: 50 })
    await says(slack, who, 'still here')
    const closed = once(client.socket, 'close')
    await eventually(() => expect(client.events('message')).to.have.length(1))
    await closed
  })
})
