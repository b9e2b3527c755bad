import { expect } from 'chai'
import { Lacking, UsageError } from '../core/errors'
import { eventually } from '../core/eventually'
import type { Presence } from './adapter'
import type { ChatScene } from './scene'
import { BOT } from './tasks'

/** The bot as the platform knows it. */
export async function expectMyself(scene: ChatScene, who: string): Promise<void> {
  const chat = await scene.chat()
  const [me, person] = await Promise.all([chat.me(), chat.person(who)])
  expect(me.id, `the id of ${who}`).to.equal(person.id)
  expect(me.name, 'the own name').to.not.equal('')
  expect(me.isBot, 'that it is a bot').to.equal(true)
}

export async function lookUp(scene: ChatScene, whom: string): Promise<void> {
  const chat = await scene.chat()
  scene.person = await chat.fetchPerson((await chat.person(whom)).id)
}

/** Looks for somebody as people do: by the handle, in whatever case. */
export async function lookFor(scene: ChatScene, whom: string): Promise<void> {
  const chat = await scene.chat()
  const { name } = await chat.person(whom)
  scene.person = await chat.findPerson(name.toUpperCase())
}

/** Live, a display name that others have as well stands for nobody. @throws Lacking then */
export async function lookForDisplayName(scene: ChatScene, whom: string): Promise<void> {
  const chat = await scene.chat()
  const { displayName } = await chat.person(whom)
  try {
    scene.person = await chat.findPerson(displayName)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new Lacking(error.message, `a display name of ${whom} that nobody else has`)
  }
}

export async function expectFound(scene: ChatScene, whom: string): Promise<void> {
  const person = await (await scene.chat()).person(whom)
  expect(scene.person, `who was found, looking for ${whom}`).to.deep.equal(person)
}

export async function lookForNobody(scene: ChatScene): Promise<void> {
  scene.person = await (await scene.chat()).findPerson('nobody-is-called-this')
}

export function expectNobodyFound(scene: ChatScene): void {
  expect(scene.person, 'who was found').to.equal(undefined)
}

export async function tryToLookUpNobody(scene: ChatScene): Promise<void> {
  const chat = await scene.chat()
  await scene.world.attempt(() => chat.fetchPerson(chat.nobodys.person))
}

export async function lookUpChannel(scene: ChatScene): Promise<void> {
  const chat = await scene.chat()
  scene.place = await chat.fetchChannel((await chat.channel()).id)
}

export async function lookForChannel(scene: ChatScene): Promise<void> {
  const chat = await scene.chat()
  scene.place = await chat.findChannel((await chat.channel()).name.toUpperCase())
}

export async function expectChannel(scene: ChatScene): Promise<void> {
  const channel = await (await scene.chat()).channel()
  expect(scene.place, 'the channel that was found').to.deep.equal(channel)
  expect(channel.name, 'its name').to.not.equal('')
}

export async function tryToLookUpNoChannel(scene: ChatScene): Promise<void> {
  const chat = await scene.chat()
  await scene.world.attempt(() => chat.fetchChannel(chat.nobodys.channel))
}

/** Shown to others from here on; put back at the end to what it was. */
export async function appear(scene: ChatScene, presence: Presence, says: string): Promise<void> {
  const chat = await scene.chat()
  const { access } = scene.world
  const [{ id }, was] = await Promise.all([chat.me(), chat.ownPresence()])
  const creation = { by: BOT, data: { account: id, was, set: presence } }
  await access.undo.create(`${access.service}.presence`, `${presence}: ${says}`, creation, async () => {
    await chat.setPresence(presence, says)
    return { id }
  })
}

export async function expectPresence(scene: ChatScene, whom: string, presence: Presence): Promise<void> {
  const chat = await scene.chat()
  const person = await chat.person(whom)
  await eventually(async () => expect(await chat.presenceOf(person), `the presence of ${whom}`).to.equal(presence))
}

const ANY: readonly (Presence | undefined)[] = ['available', 'busy', 'away', 'offline']

/** Whatever it is: a person's presence is nobody else's to choose. */
export async function expectSomePresence(scene: ChatScene, whom: string): Promise<void> {
  const chat = await scene.chat()
  const person = await chat.person(whom)
  await eventually(async () => expect(ANY, `the presence of ${whom}`).to.include(await chat.presenceOf(person)))
}
