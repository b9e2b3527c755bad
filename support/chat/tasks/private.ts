import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatFile, ChatPerson, ChatPlace } from '../adapter'
import type { ChatState } from '../state'
import { BOT, reread, say } from './send'

/** The conversation with these people and nobody else, under the name "Ben" or "Ben and Cleo"; closed at the end. */
export async function openPrivate(state: ChatState, people: readonly string[]): Promise<ChatPlace> {
  const chat = await state.chat()
  const accounts = await Promise.all(people.map((name) => chat.person(name)))
  return openWith(state, nameOf(people), accounts)
}

async function openWith(state: ChatState, name: string, accounts: readonly ChatPerson[]): Promise<ChatPlace> {
  const chat = await state.chat()
  const { access } = state.world
  const people = accounts.map(({ id }) => id).join(',')
  const creation = { by: BOT, data: { account: (await chat.me()).id, people } }
  const place = await access.undo.create(`${access.service}.direct`, `with ${people}`, creation, () => chat.direct(accounts))
  return state.conversations.remember(name, place)
}

export async function tryToOpenPrivate(state: ChatState, people: readonly string[]): Promise<void> {
  await state.world.attempt(() => openPrivate(state, people))
}

export async function expectSamePrivate(state: ChatState, people: readonly string[]): Promise<void> {
  const chat = await state.chat()
  const again = await chat.direct(await Promise.all(people.map((name) => chat.person(name))))
  expect(again.id, `the conversation with ${nameOf(people)}, opened again`).to.equal(
    state.conversations.recall(nameOf(people)).id,
  )
}

export async function sayPrivately(state: ChatState, text: string, people: readonly string[]): Promise<void> {
  const name = nameOf(people)
  const place = state.conversations.has(name) ? state.conversations.recall(name) : await openPrivate(state, people)
  await say(state, BOT, text, { place })
}

export async function trySayPrivately(state: ChatState, text: string, people: readonly string[]): Promise<void> {
  await state.world.attempt(() => sayPrivately(state, text, people))
}

/** It stands in the private conversation, and the channel knows nothing of it. */
export async function expectPrivately(state: ChatState, text: string, people: readonly string[]): Promise<void> {
  const chat = await state.chat()
  const { id } = state.said.recall(text).message
  const place = state.conversations.recall(nameOf(people))
  await eventually(async () => {
    const inside = (await chat.history(place, { limit: 10 })).map((message) => message.id)
    expect(inside, `what stands in the conversation with ${nameOf(people)}`).to.include(id)
    const outside = (await chat.history(await chat.channel(), { limit: 50 })).map((message) => message.id)
    expect(outside, 'what stands in the channel').to.not.include(id)
  })
}

/**
 * Whoever else spoke last in the channel gets a private word. Live, a stranger may have spoken since: of the latest messages only
 * those by the configured test user count, so that nobody else is ever written to.
 */
export async function sayToLatestAuthor(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const [me, ben] = await Promise.all([chat.me(), chat.person('Ben')])
  const counts = state.world.access.isLive ? (author: string) => author === ben.id : (author: string) => author !== me.id
  const latest = (await chat.history(await chat.channel(), { limit: 20 })).find(({ author }) => counts(author))
  if (!latest) throw new Error('Nobody else has written in the channel lately.')
  const author = await chat.fetchPerson(latest.author)
  const place = await openWith(state, 'the latest author', [author])
  state.person = author
  await say(state, BOT, text, { place })
}

export async function expectToldLatestAuthor(state: ChatState, text: string, whom: string): Promise<void> {
  const chat = await state.chat()
  const person = await chat.person(whom)
  expect(state.person?.id, 'who spoke last').to.equal(person.id)
  const there = await reread(state, text)
  expect(there.place.id, 'where it was said').to.equal((await chat.direct([person])).id)
}

/** Files of the scenario hold a sentence of their own, so that none is mistaken for another. */
export async function attach(state: ChatState, name: string, text: string): Promise<void> {
  await say(state, BOT, text, { file: { name, bytes: bytesOf(name) } })
}

export async function tryToAttach(state: ChatState, name: string, text: string): Promise<void> {
  await state.world.attempt(() => attach(state, name, text))
}

export async function expectFile(state: ChatState, text: string, name: string): Promise<void> {
  const chat = await state.chat()
  const bytes = bytesOf(name)
  await eventually(async () => {
    const { files } = await reread(state, text)
    expect(
      files.map((file) => ({ name: file.name, size: file.size })),
      `the files of "${text}"`,
    ).to.deep.equal([{ name, size: bytes.length }])
    const [file] = files as [ChatFile]
    expect((await chat.fileContent(file)).toString(), `what "${name}" holds`).to.equal(bytes.toString())
  })
}

function bytesOf(name: string): Buffer {
  return Buffer.from(`${name} was written by the acceptance suite.\nIt holds two lines.\n`)
}

function nameOf(people: readonly string[]): string {
  return people.join(' and ')
}
