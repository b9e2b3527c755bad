import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatPerson, ChatPlace } from '../adapter'
import type { NoPartner } from '../parameter-types'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, expectKnownAsMeant, send } from './send'

/** The conversation with exactly these people, under the name "Ben" or "Ben and Cleo"; closed at the end. */
export async function openDirect(state: ChatState, people: readonly string[]): Promise<ChatPlace> {
  const chat = await state.chat()
  return openWith(state, nameOf(people), await Promise.all(people.map((name) => chat.person(name))))
}

async function openWith(state: ChatState, name: string, accounts: readonly ChatPerson[]): Promise<ChatPlace> {
  const chat = await state.chat()
  const { access } = state.world
  const people = accounts.map(({ id }) => id).join(',')
  const creation = { by: BOT, data: { account: (await chat.me()).id, people } }
  const place = await access.undo.create(`${access.service}.direct`, `with ${people}`, creation, () => chat.direct(accounts))
  const before = state.conversations.has(name) ? state.conversations.recall(name) : []
  state.conversations.remember(name, [...before, place])
  return place
}

export async function tryToOpenDirect(state: ChatState, partners: readonly string[] | NoPartner): Promise<void> {
  const chat = await state.chat()
  const unknown = { id: chat.unknownIds.person, name: '', displayName: '', isBot: false }
  await state.world.attempt((): Promise<unknown> => {
    if (typeof partners !== 'string') return openDirect(state, partners)
    return chat.direct(partners === 'no other member' ? [] : [unknown])
  })
}

/** Opened at least twice, it is the same conversation, with exactly these people as members. */
export async function expectOneConversation(state: ChatState, people: readonly string[]): Promise<void> {
  const ids = state.conversations.recall(nameOf(people)).map(({ id }) => id)
  expect(ids.length, `how often the conversation with ${nameOf(people)} was opened`).to.be.at.least(2)
  expect([...new Set(ids)], `the conversations with ${nameOf(people)}`).to.deep.equal([ids[0]])
  await expectMembers(state, { kind: 'direct', id: ids[0] ?? '' }, people)
}

async function expectMembers(state: ChatState, place: ChatPlace, people: readonly string[]): Promise<void> {
  const chat = await state.chat()
  const [me, ...accounts] = await Promise.all([chat.me(), ...people.map((name) => chat.person(name))])
  expect(await chat.members(place), `the members of the conversation with ${nameOf(people)}`).to.have.members([
    me.id,
    ...accounts.map(({ id }) => id),
  ])
}

export async function sendDirect(state: ChatState, text: string, people: readonly string[]): Promise<void> {
  await send(state, BOT, text, { place: await openDirect(state, people) })
}

export async function trySendDirect(state: ChatState, text: string, people: readonly string[]): Promise<void> {
  await state.world.attempt(() => sendDirect(state, text, people))
}

/** It is in the conversation whose members are exactly the bot and these people, and not in the channel. */
export async function expectOnlyReaders(state: ChatState, people: readonly string[], text: string): Promise<void> {
  const chat = await state.chat()
  const { message, expected } = state.sent.recall(text)
  const place = await chat.direct(await Promise.all(people.map((name) => chat.person(name))))
  expect(place.id, `the conversation with ${nameOf(people)}`).to.equal(expected.place.id)
  await expectMembers(state, place, people)
  await eventually(async () => {
    const inside = (await chat.history(place, { limit: 10 })).find(({ id }) => id === message.id)
    expect(inside?.id, `"${text}" in the conversation with ${nameOf(people)}`).to.equal(message.id)
    if (inside) await expectAsMeant(state, inside, { ...expected, place }, `"${text}" in the conversation`)
    const around = await chat.history(await chat.channel(), { limit: 50 })
    await expectKnownAsMeant(state, around, 'the channel')
    const outside = around.map(({ id }) => id)
    expect(outside, 'the messages of the channel').to.not.include(message.id)
  })
}

/**
 * The author of the latest message in the channel. Live, another person may have written since: only messages of the configured test
 * user count there, so that the suite writes to no other person.
 */
export async function sendToLatestAuthor(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const [me, ben] = await Promise.all([chat.me(), chat.person('Ben')])
  const counts = state.world.access.isLive ? (author: string) => author === ben.id : (author: string) => author !== me.id
  const latest = (await chat.history(await chat.channel(), { limit: 20 })).find(({ author }) => counts(author))
  if (!latest) throw new Error('No other account is among the authors of the latest messages in the channel.')
  const author = await chat.fetchPerson(latest.author)
  await send(state, BOT, text, { place: await openWith(state, 'the latest author', [author]) })
}

function nameOf(people: readonly string[]): string {
  return people.join(' and ')
}
