import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import { MissingOptional, UsageError } from '../../config/errors'
import type { Presence } from '../adapter'
import type { ChatState } from '../state'
import { BOT } from './send'

/** The bot as the platform knows it. */
export async function expectMyself(state: ChatState, who: string): Promise<void> {
  const chat = await state.chat()
  const [me, person] = await Promise.all([chat.me(), chat.person(who)])
  expect(me.id, `the id of ${who}`).to.equal(person.id)
  expect(me.name, 'the own name').to.not.equal('')
  expect(me.isBot, 'that it is a bot').to.equal(true)
}

export async function lookUp(state: ChatState, whom: string): Promise<void> {
  const chat = await state.chat()
  state.person = await chat.fetchPerson((await chat.person(whom)).id)
}

/** Looks for somebody as people do: by the handle, in whatever case. */
export async function lookFor(state: ChatState, whom: string): Promise<void> {
  const chat = await state.chat()
  const { name } = await chat.person(whom)
  state.person = await chat.findPerson(name.toUpperCase())
}

/** Live, a display name that others have as well stands for nobody. @throws Lacking then */
export async function lookForDisplayName(state: ChatState, whom: string): Promise<void> {
  const chat = await state.chat()
  const { displayName } = await chat.person(whom)
  try {
    state.person = await chat.findPerson(displayName)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new MissingOptional(error.message, `a display name of ${whom} that nobody else has`)
  }
}

export async function expectFound(state: ChatState, whom: string): Promise<void> {
  const person = await (await state.chat()).person(whom)
  expect(state.person, `who was found, looking for ${whom}`).to.deep.equal(person)
}

export async function lookForNobody(state: ChatState): Promise<void> {
  state.person = await (await state.chat()).findPerson('nobody-is-called-this')
}

export function expectNobodyFound(state: ChatState): void {
  expect(state.person, 'who was found').to.equal(undefined)
}

export async function tryToLookUpNobody(state: ChatState): Promise<void> {
  const chat = await state.chat()
  await state.world.attempt(() => chat.fetchPerson(chat.nobodys.person))
}

export async function lookUpChannel(state: ChatState): Promise<void> {
  const chat = await state.chat()
  state.place = await chat.fetchChannel((await chat.channel()).id)
}

export async function lookForChannel(state: ChatState): Promise<void> {
  const chat = await state.chat()
  state.place = await chat.findChannel((await chat.channel()).name.toUpperCase())
}

export async function expectChannel(state: ChatState): Promise<void> {
  const channel = await (await state.chat()).channel()
  expect(state.place, 'the channel that was found').to.deep.equal(channel)
  expect(channel.name, 'its name').to.not.equal('')
}

export async function tryToLookUpNoChannel(state: ChatState): Promise<void> {
  const chat = await state.chat()
  await state.world.attempt(() => chat.fetchChannel(chat.nobodys.channel))
}

/** Shown to others from here on; put back at the end to what it was. */
export async function appear(state: ChatState, presence: Presence, says: string): Promise<void> {
  const chat = await state.chat()
  const { access } = state.world
  const [{ id }, was] = await Promise.all([chat.me(), chat.ownPresence()])
  const creation = { by: BOT, data: { account: id, was, set: presence } }
  await access.undo.create(`${access.service}.presence`, `${presence}: ${says}`, creation, async () => {
    await chat.setPresence(presence, says)
    return { id }
  })
}

export async function expectPresence(state: ChatState, whom: string, presence: Presence): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  await eventually(async () => expect(await chat.presenceOf(person), `the presence of ${whom}`).to.equal(presence))
}

const ANY: readonly (Presence | undefined)[] = ['available', 'busy', 'away', 'offline']

/** Whatever it is: a person's presence is nobody else's to choose. */
export async function expectSomePresence(state: ChatState, whom: string): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  await eventually(async () => expect(ANY, `the presence of ${whom}`).to.include(await chat.presenceOf(person)))
}
