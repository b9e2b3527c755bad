import { expect } from 'chai'
import type { Presence } from '../../chat/adapter'
import { appear } from '../../chat/tasks-people'
import { eventually } from '../../core/eventually'
import { askSomebody } from '../../human'
import { CATEGORY } from './conversion'
import { userNamed } from './lookup'
import type { SymphonyScene } from './scene'

/** What the directory says of somebody who is looked up by id. */
export async function expectProfile(scene: SymphonyScene, whom: string): Promise<void> {
  const chat = await scene.chat()
  const { id, name, displayName } = await chat.person(whom)
  const user = await chat.client.people.user({ uid: id })
  expect(user, `what the directory has of ${whom}`).to.include({ username: name, displayName })
  expect(String(user?.id), 'the id').to.equal(id)
  for (const field of ['emailAddress', 'company', 'department'] as const)
    expect(user?.[field], `the ${field} of ${whom}`).to.be.a('string').and.not.equal('')
}

export async function lookForEmail(scene: SymphonyScene, whom: string): Promise<void> {
  const chat = await scene.chat()
  const { id } = await chat.person(whom)
  const email = (await chat.client.people.user({ uid: id }))?.emailAddress
  if (!email) throw new Error(`The directory does not tell the email of ${whom}.`)
  const found = await userNamed(chat.client, email)
  scene.talk.person = found && (await chat.fetchPerson(String(found.id)))
}

export async function tryUnknownPresence(scene: SymphonyScene): Promise<void> {
  const { client } = await scene.chat()
  await scene.world.attempt(() => client.people.setPresence('DANCING'))
}

export async function tryPresenceOfNobody(scene: SymphonyScene): Promise<void> {
  const { client, nobodys } = await scene.chat()
  await scene.world.attempt(() => client.people.presenceOf(nobodys.person))
}

export async function tryToAppear(scene: SymphonyScene, presence: Presence): Promise<void> {
  await scene.world.attempt(() => appear(scene.talk, presence, ''))
}

/** Somebody else chooses their own presence; live, they are asked to, and waited for. */
export async function showPresence(scene: SymphonyScene, whom: string, presence: Presence): Promise<void> {
  if (scene.world.access.isLive) return askForPresence(scene, whom, presence)
  await scene.powers.post('/presences', { username: await scene.username(whom), category: CATEGORY[presence] })
}

async function askForPresence(scene: SymphonyScene, whom: string, presence: Presence): Promise<void> {
  const chat = await scene.chat()
  const person = await chat.person(whom)
  const patience = askSomebody(scene.world, `let ${person.displayName} choose the presence "${presence}"`)
  await eventually(async () => expect(await chat.presenceOf(person), `the presence of ${whom}`).to.equal(presence), {
    for: patience,
  })
}

export async function tryConversationWithNobody(scene: SymphonyScene): Promise<void> {
  const { client } = await scene.chat()
  await scene.world.attempt(() => client.streams.conversation([]))
}
