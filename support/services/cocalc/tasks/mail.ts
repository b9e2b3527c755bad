import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { Hub } from '../client/client'
import type { Message } from '../contract'
import { clients } from '../runtime'
import type { CocalcState } from '../state'
import { idOf } from './accounts'

const FORMATTED = '# Seeds\n\n- *fern*\n- **moss**\n\n[Where to get them](https://botany.invalid/seeds)'

/** The subject holds the run id, by which the message is found again. */
function bodyOf(state: CocalcState, title: string, body = `${title}, says the acceptance suite.`): string {
  return state.texts.remember(`body of ${title}`, body)
}

export async function mail(state: CocalcState, who: string, title: string, whom: string): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const to_ids = [await idOf(state, whom)]
  const data = { account: await hub.account() }
  await undo.create('cocalc.message', access.unique(title), { by: who, data }, async (subject) => {
    state.subjects.remember(title, subject)
    const number = await hub.messages.send({ subject, body: bodyOf(state, title), to_ids })
    // The number that was answered may be another message's: by it alone nothing is removed.
    const { id, from_id } = await sent(hub, subject)
    expect({ number, from_id }, 'number and sender of the message').to.deep.equal({ number: id, from_id: data.account })
    return { id: String(id) }
  })
}

/** The server does not tell an announcement's number: it is looked up among what was sent. */
export async function announce(
  state: CocalcState,
  who: string,
  title: string,
  organization: string,
  body?: string,
): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const data = { account: await hub.account() }
  await undo.create('cocalc.message', access.unique(title), { by: who, data }, async (subject) => {
    state.subjects.remember(title, subject)
    await hub.org.message(state.organizations.recall(organization), subject, bodyOf(state, title, body))
    return { id: String((await sent(hub, subject)).id) }
  })
}

export function announceFormatted(state: CocalcState, who: string, title: string, organization: string): Promise<void> {
  return announce(state, who, title, organization, FORMATTED)
}

function sent(hub: Hub, subject: string): Promise<Message> {
  return eventually(async () => {
    const found = (await hub.messages.get({ type: 'sent' })).find((message) => message.subject === subject)
    expect(found, `"${subject}" among what was sent`).to.not.equal(undefined)
    return found as Message
  })
}

export async function expectSent(state: CocalcState, title: string, names: readonly string[]): Promise<void> {
  const hub = await state.as('Ada')
  const message = await sent(hub, state.subjects.recall(title))
  expect(message.body, 'what it says').to.equal(state.texts.recall(`body of ${title}`))
  expect(message.from_id, 'whom it is from').to.equal((await hub.system.test()).account_id)
  const wanted = names.map((name) => state.people.recall(name).id).sort()
  expect([...message.to_ids].sort(), 'whom it is for').to.deep.equal(wanted)
}

export async function expectGot(state: CocalcState, name: string, title: string, sender: string): Promise<void> {
  const hub = await state.as(name)
  const { account_id } = await (await state.as(sender)).system.test()
  await eventually(async () => {
    const found = (await hub.messages.get()).find(({ subject }) => subject === state.subjects.recall(title))
    expect(found, `"${title}" among what ${name} has got`).to.not.equal(undefined)
    expect(found, 'who wrote what').to.include({ from_id: account_id, body: state.texts.recall(`body of ${title}`) })
  })
}

export async function expectNotGot(state: CocalcState, name: string, title: string): Promise<void> {
  const subjects = (await (await state.as(name)).messages.get()).map(({ subject }) => subject)
  expect(subjects, `what ${name} has got`).to.not.include(state.subjects.recall(title))
}

export function expectPass(state: CocalcState): void {
  expect(state.token?.token, 'the pass').to.be.a('string').that.is.not.empty
  expect(state.token?.url, 'where the pass is used').to.match(/^http/)
}

export async function withdraw(state: CocalcState, who: string): Promise<void> {
  await (await state.as(who)).org.expireToken(state.token?.token ?? '')
}

/** No call tells whether a pass is known: the database does, where the clean-up has it. */
export async function expectWithdrawn(state: CocalcState): Promise<void> {
  const { database } = await clients(state.world.access, 'Ada')
  const known = await database?.count('public.auth_tokens WHERE auth_token = $1', [state.token?.token])
  expect(known ?? 0, 'passes of that kind in the database').to.equal(0)
  await withdraw(state, 'Ada')
}

export async function tryPassAsKey(state: CocalcState): Promise<void> {
  const hub = new Hub({ access: state.world.access, key: state.token?.token ?? '' })
  await state.world.attempt(() => hub.system.ping())
}
