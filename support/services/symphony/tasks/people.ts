import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Presence } from '../../../chat/adapter'
import { appear } from '../../../chat/tasks/people'
import { askSomebody } from '../../../run/human'
import { userNamed } from '../lookup'
import { CATEGORY } from '../parse'
import type { SymphonyState } from '../state'

/** What the directory says of somebody who is looked up by id. */
export async function expectProfile(state: SymphonyState, whom: string): Promise<void> {
  const chat = await state.chat()
  const { id, name, displayName } = await chat.person(whom)
  const user = await chat.client.people.user({ uid: id })
  expect(user, `what the directory has of ${whom}`).to.include({ username: name, displayName })
  expect(String(user?.id), 'the id').to.equal(id)
  for (const field of ['emailAddress', 'company', 'department'] as const)
    expect(user?.[field], `the ${field} of ${whom}`).to.be.a('string').and.not.equal('')
}

export async function lookForEmail(state: SymphonyState, whom: string): Promise<void> {
  const chat = await state.chat()
  const { id } = await chat.person(whom)
  const email = (await chat.client.people.user({ uid: id }))?.emailAddress
  if (!email) throw new Error(`The directory does not tell the email of ${whom}.`)
  const found = await userNamed(chat.client, email)
  state.talk.person = found && (await chat.fetchPerson(String(found.id)))
}

export async function tryUnknownPresence(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  await state.world.attempt(() => client.people.setPresence('DANCING'))
}

export async function tryPresenceOfNobody(state: SymphonyState): Promise<void> {
  const { client, unknownIds } = await state.chat()
  await state.world.attempt(() => client.people.presenceOf(unknownIds.person))
}

export async function tryToAppear(state: SymphonyState, presence: Presence): Promise<void> {
  await state.world.attempt(() => appear(state.talk, presence, ''))
}

/** Somebody else chooses their own presence; live, they are asked to, and waited for. */
export async function showPresence(state: SymphonyState, whom: string, presence: Presence): Promise<void> {
  if (state.world.access.isLive) return askForPresence(state, whom, presence)
  await state.control.post('/presences', { username: await state.username(whom), category: CATEGORY[presence] })
}

async function askForPresence(state: SymphonyState, whom: string, presence: Presence): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  const patience = askSomebody(state.world, `let ${person.displayName} choose the presence "${presence}"`)
  await eventually(async () => expect(await chat.presenceOf(person), `the presence of ${whom}`).to.equal(presence), {
    timeout: patience,
  })
}

export async function tryConversationWithNobody(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  await state.world.attempt(() => client.streams.conversation([]))
}
