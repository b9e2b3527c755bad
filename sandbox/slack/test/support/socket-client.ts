import { after } from 'node:test'
import { expect } from 'chai'
import WebSocket from 'ws'
import type { Anything } from '../../../colony/test/support/server'
import { eventually } from '../../../kit/test/eventually'
import type { SlackWire } from './server'

export interface SocketClient {
  socket: WebSocket
  hello: Anything
  received: Anything[]
  events(type: string): Anything[]
  ack(envelope: Anything): void
}

export interface Listener {
  Ada: Record<string, string>
  Ben: Record<string, string>
}

/** People in a new workspace, so that tests do not receive each other's events. */
export async function newPeople(slack: SlackWire, lacks: string[] = []): Promise<Listener> {
  const { Ada = {}, Ben = {} } = await slack.others({ Ada: { lacks }, Ben: {} })
  return { Ada, Ben }
}

export async function listen(slack: SlackWire, { Ada }: Listener, { acks = true } = {}): Promise<SocketClient> {
  const { url } = await slack.ok('apps.connections.open', {}, { as: Ada.appToken ?? '' })
  const socket = new WebSocket(url)
  const received: Anything[] = []
  const ack = (envelope: Anything) => socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: {} }))
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    received.push(message)
    if (acks && message.envelope_id) ack(message)
  })
  after(() => socket.terminate())
  await eventually(() => expect(received.length, 'what came, the hello first').to.be.at.least(1))
  const events = (type: string) =>
    received.filter(({ payload }) => payload?.event?.type === type).map(({ payload }) => payload.event)
  return { socket, hello: received[0], received, ack, events }
}

export const says = (slack: SlackWire, { Ada, Ben }: Listener, text: string) =>
  slack.callControl('/messages', { channelId: Ada.channelId, userId: Ben.userId, text })
