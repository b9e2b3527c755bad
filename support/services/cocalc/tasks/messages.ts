import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Hub } from '../client/client'
import type { Message } from '../contract'
import type { Recipients } from '../groups'
import type { CocalcState } from '../state'
import { idOf } from './accounts'

/** The subject contains the run id, by which the message is found again. */
export async function send(
  state: CocalcState,
  who: string,
  title: string,
  recipients: Recipients,
  body = `${title}. This message was sent by the acceptance suite.`,
): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const account = await hub.account()
  await undo.create('cocalc.message', access.unique(title), { by: who, data: { account } }, async (subject) => {
    state.messages.remember(title, { subject, body })
    const number = await submit(state, hub, { subject, body }, recipients)
    // The id in the response may be that of another message, so the undo does not rely on it alone.
    const { id, from_id } = await sentMessage(hub, subject)
    expect({ id, from_id }, 'id and sender of the message').to.deep.equal({ id: number ?? id, from_id: account })
    return { id: String(id) }
  })
}

/** @returns the id of the message; undefined for an announcement, whose id CoCalc does not return */
async function submit(
  state: CocalcState,
  hub: Hub,
  message: { subject: string; body: string },
  recipients: Recipients,
): Promise<number | null | undefined> {
  if ('person' in recipients) {
    const number = await hub.messages.send({ ...message, to_ids: [await idOf(state, recipients.person)] })
    expect(number, 'the id of a message with a recipient').to.be.a('number')
    return number
  }
  await hub.org.message(state.organizations.recall(recipients.organization), message.subject, message.body)
  return undefined
}

function sentMessage(hub: Hub, subject: string): Promise<Message> {
  return eventually(async () => only(await hub.messages.get({ type: 'sent' }), subject, 'the messages sent'))
}

function only(messages: readonly Message[], subject: string, where: string): Message {
  const same = messages.filter((message) => message.subject === subject)
  expect(same, `"${subject}" among ${where}`).to.have.length(1)
  return same[0] as Message
}

/** Reads what the sender's account shows as sent. */
export async function expectSent(state: CocalcState, title: string, sender: string, names: readonly string[]): Promise<void> {
  const hub = await state.as(sender)
  const { subject, body } = state.messages.recall(title)
  const message = await sentMessage(hub, subject)
  expect(message.body, `the body of "${title}"`).to.equal(body)
  expect(message.from_id, `the sender of "${title}"`).to.equal(await idOf(state, sender))
  const recipients = (await Promise.all(names.map((name) => idOf(state, name)))).sort()
  expect([...message.to_ids].sort(), `the recipients of "${title}"`).to.deep.equal(recipients)
  state.expectDuringScenario(message.sent, `when "${title}" was sent`)
}

export async function expectReceived(state: CocalcState, name: string, title: string, sender: string): Promise<void> {
  const hub = await state.as(name)
  const from_id = await idOf(state, sender)
  const { subject, body } = state.messages.recall(title)
  await eventually(async () => {
    const message = only(await hub.messages.get(), subject, `the messages that ${name} has received`)
    expect(message, `sender and body of "${title}"`).to.include({ from_id, body })
    expect(message.to_ids, `the recipients of "${title}"`).to.include(await idOf(state, name))
    state.expectDuringScenario(message.sent, `when "${title}" was sent`)
  })
}

export async function expectNotReceived(state: CocalcState, name: string, title: string): Promise<void> {
  const subjects = (await (await state.as(name)).messages.get()).map(({ subject }) => subject)
  expect(subjects, `the messages that ${name} has received`).to.not.include(state.messages.recall(title).subject)
}
