import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import { MissingOptional, UsageError } from '../../config/errors'
import type { Presence, PresenceRequest } from '../adapter'
import { askPerson } from '../human'
import type { NameKind, UnknownTarget } from '../parameter-types'
import type { ChatState } from '../state'
import { BOT } from './send'

/** Compares with the platform's own account record and with the account of the suite. */
export async function expectBot(state: ChatState, who: string): Promise<void> {
  const chat = await state.chat()
  const [me, person] = await Promise.all([chat.me(), chat.person(who)])
  const account = await chat.fetchPerson(me.id)
  expect(account.id, `the id of ${who}`).to.equal(person.id)
  expect(account.name, `the name of ${who}`).to.equal(me.name).and.to.not.equal('')
  expect(account.isBot, `whether ${who} is a bot`).to.equal(true)
}

/** Looks names up in upper case, because their case must not matter. */
export async function lookUp(state: ChatState, whom: string, kind: NameKind): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  if (kind === 'id') state.foundPerson = await chat.fetchPerson(person.id)
  else if (kind === 'name') state.foundPerson = await chat.findPerson(person.name.toUpperCase())
  else if (kind === 'display name') state.foundPerson = await findByDisplayName(state, whom, person.displayName)
  else state.foundPerson = await findByEmail(state, whom)
}

/** @throws MissingOptional live, where several accounts have the display name */
async function findByDisplayName(state: ChatState, whom: string, displayName: string) {
  try {
    return await (await state.chat()).findPerson(displayName)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new MissingOptional(error.message, `a display name of ${whom} that no other account has`)
  }
}

async function findByEmail(state: ChatState, whom: string) {
  const chat = await state.chat()
  const email = await chat.emailOf?.(await chat.person(whom))
  if (!email) throw new Error(`The platform does not show the email address of ${whom}.`)
  return chat.findPerson(email)
}

export async function lookUpUnknownName(state: ChatState): Promise<void> {
  state.foundPerson = await (await state.chat()).findPerson('no-such-account')
}

/** On the sandbox the result is also compared with the account of its credentials. */
export async function expectFound(state: ChatState, whom: string): Promise<void> {
  const person = await (await state.chat()).person(whom)
  expect(state.foundPerson, `the account found for ${whom}`).to.deep.equal(person)
}

export function expectNoneFound(state: ChatState): void {
  expect(state.foundPerson, 'the account found').to.equal(undefined)
}

export async function tryToLookUp(state: ChatState, target: UnknownTarget): Promise<void> {
  const chat = await state.chat()
  const { person: id, channel } = chat.unknownIds
  await state.world.attempt(async (): Promise<unknown> => {
    if (target === 'an account that does not exist') return chat.fetchPerson(id)
    if (target === 'a channel that does not exist') return chat.fetchChannel(channel)
    return chat.presenceOf({ id, name: '', displayName: '', isBot: false })
  })
}

export async function lookUpChannel(state: ChatState, kind: NameKind): Promise<void> {
  const chat = await state.chat()
  const { id, name } = await chat.channel()
  state.foundChannel = kind === 'id' ? await chat.fetchChannel(id) : await chat.findChannel(name.toUpperCase())
}

export async function expectChannelFound(state: ChatState): Promise<void> {
  const channel = await (await state.chat()).channel()
  expect(state.foundChannel, 'the channel found').to.deep.equal(channel)
  expect(channel.name, 'its name').to.not.equal('')
}

/** The bot's own is restored at the end; live, a person without a token is asked to set theirs. */
export async function setPresence(state: ChatState, who: string, presence: PresenceRequest, status = ''): Promise<void> {
  if (who === BOT) return setOwnPresence(state, presence, status)
  if (presence === 'an unknown value') throw new Error('Only the bot sets a presence that does not exist.')
  const chat = await state.chat()
  if (await chat.setPresenceAs(who, presence)) return
  const person = await chat.person(who)
  const timeout = askPerson(state.world, `let ${person.displayName} choose the presence "${presence}"`)
  await eventually(async () => expect(await chat.presenceOf(person), `the presence of ${who}`).to.equal(presence), { timeout })
}

async function setOwnPresence(state: ChatState, presence: PresenceRequest, status: string): Promise<void> {
  const chat = await state.chat()
  const { access } = state.world
  const [{ id }, was] = await Promise.all([chat.me(), chat.ownPresence()])
  const creation = { by: BOT, data: { account: id, was, set: presence } }
  await access.undo.create(`${access.service}.presence`, `${presence}: ${status}`, creation, async () => {
    await chat.setPresence(presence, status)
    return { id }
  })
  state.presenceText = status
}

/** A presence that is accepted unexpectedly is restored at the end. */
export async function tryToSetPresence(state: ChatState, presence: PresenceRequest): Promise<void> {
  await state.world.attempt(() => setOwnPresence(state, presence, ''))
}

export async function expectPresence(state: ChatState, whom: string, presence: Presence): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  await eventually(async () => {
    expect(await chat.presenceOf(person), `the presence of ${whom}`).to.equal(presence)
    if (whom !== BOT || !chat.statusTextOf) return
    expect(await chat.statusTextOf(person), `the text beside the presence of ${whom}`).to.equal(state.presenceText)
  })
}

const ANY: readonly (Presence | undefined)[] = [
  ...(['available', 'busy', 'away', 'offline', 'do not disturb', 'on the phone'] as const),
  ...(['in a meeting', 'be right back', 'out of office', 'off work'] as const),
]

/** Live, a person may have any presence. */
export async function expectSomePresence(state: ChatState, whom: string): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  await eventually(async () => expect(ANY, `the presence of ${whom}`).to.include(await chat.presenceOf(person)))
}
