import { expect } from 'chai'
import { eventually } from '../../core/eventually'
import { Hub } from './client'
import type { Message } from './contract'
import { clients } from './runtime'
import type { CocalcScene } from './scene'
import { idOf } from './tasks-accounts'

const FORMATTED = '# Seeds\n\n- *fern*\n- **moss**\n\n[Where to get them](https://botany.invalid/seeds)'

/** The subject holds the run's mark, by which the message is found again. */
function bodyOf(scene: CocalcScene, title: string, body = `${title}, says the acceptance suite.`): string {
  return scene.texts.remember(`body of ${title}`, body)
}

export async function mail(scene: CocalcScene, who: string, title: string, whom: string): Promise<void> {
  const { undo, access } = scene.world
  const hub = await scene.as(who)
  const to_ids = [await idOf(scene, whom)]
  const data = { account: await hub.account() }
  await undo.create('cocalc.message', access.unique(title), { by: who, data }, async (subject) => {
    scene.subjects.remember(title, subject)
    const number = await hub.messages.send({ subject, body: bodyOf(scene, title), to_ids })
    // The number that was answered may be another message's: by it alone nothing is removed.
    const { id, from_id } = await sent(hub, subject)
    expect({ number, from_id }, 'number and sender of the message').to.deep.equal({ number: id, from_id: data.account })
    return { id: String(id) }
  })
}

/** The server does not tell an announcement's number: it is looked up among what was sent. */
export async function announce(
  scene: CocalcScene,
  who: string,
  title: string,
  organization: string,
  body?: string,
): Promise<void> {
  const { undo, access } = scene.world
  const hub = await scene.as(who)
  const data = { account: await hub.account() }
  await undo.create('cocalc.message', access.unique(title), { by: who, data }, async (subject) => {
    scene.subjects.remember(title, subject)
    await hub.org.message(scene.organizations.recall(organization), subject, bodyOf(scene, title, body))
    return { id: String((await sent(hub, subject)).id) }
  })
}

export function announceFormatted(scene: CocalcScene, who: string, title: string, organization: string): Promise<void> {
  return announce(scene, who, title, organization, FORMATTED)
}

function sent(hub: Hub, subject: string): Promise<Message> {
  return eventually(async () => {
    const found = (await hub.messages.get({ type: 'sent' })).find((message) => message.subject === subject)
    expect(found, `"${subject}" among what was sent`).to.not.equal(undefined)
    return found as Message
  })
}

export async function expectSent(scene: CocalcScene, title: string, names: readonly string[]): Promise<void> {
  const hub = await scene.as('Ada')
  const message = await sent(hub, scene.subjects.recall(title))
  expect(message.body, 'what it says').to.equal(scene.texts.recall(`body of ${title}`))
  expect(message.from_id, 'whom it is from').to.equal((await hub.system.test()).account_id)
  const wanted = names.map((name) => scene.people.recall(name).id).sort()
  expect([...message.to_ids].sort(), 'whom it is for').to.deep.equal(wanted)
}

export async function expectGot(scene: CocalcScene, name: string, title: string, sender: string): Promise<void> {
  const hub = await scene.as(name)
  const { account_id } = await (await scene.as(sender)).system.test()
  await eventually(async () => {
    const found = (await hub.messages.get()).find(({ subject }) => subject === scene.subjects.recall(title))
    expect(found, `"${title}" among what ${name} has got`).to.not.equal(undefined)
    expect(found, 'who wrote what').to.include({ from_id: account_id, body: scene.texts.recall(`body of ${title}`) })
  })
}

export async function expectNotGot(scene: CocalcScene, name: string, title: string): Promise<void> {
  const subjects = (await (await scene.as(name)).messages.get()).map(({ subject }) => subject)
  expect(subjects, `what ${name} has got`).to.not.include(scene.subjects.recall(title))
}

export function expectPass(scene: CocalcScene): void {
  expect(scene.token?.token, 'the pass').to.be.a('string').that.is.not.empty
  expect(scene.token?.url, 'where the pass is used').to.match(/^http/)
}

export async function withdraw(scene: CocalcScene, who: string): Promise<void> {
  await (await scene.as(who)).org.expireToken(scene.token?.token ?? '')
}

/** No call tells whether a pass is known: the database does, where the clean-up has it. */
export async function expectWithdrawn(scene: CocalcScene): Promise<void> {
  const { database } = await clients(scene.world.access, 'Ada')
  const known = await database?.count('public.auth_tokens WHERE auth_token = $1', [scene.token?.token])
  expect(known ?? 0, 'passes of that kind in the database').to.equal(0)
  await withdraw(scene, 'Ada')
}

export async function tryPassAsKey(scene: CocalcScene): Promise<void> {
  const hub = new Hub({ access: scene.world.access, key: scene.token?.token ?? '' })
  await scene.world.attempt(() => hub.system.ping())
}
