import { expect } from 'chai'
import { eventually } from '../core/eventually'
import type { ChatFile, ChatPerson, ChatPlace } from './adapter'
import type { ChatScene } from './scene'
import { BOT, reread, say } from './tasks'

/** The conversation with these people and nobody else, under the name "Ben" or "Ben and Cleo"; closed at the end. */
export async function openPrivate(scene: ChatScene, people: readonly string[]): Promise<ChatPlace> {
  const chat = await scene.chat()
  const accounts = await Promise.all(people.map((name) => chat.person(name)))
  return openWith(scene, nameOf(people), accounts)
}

async function openWith(scene: ChatScene, name: string, accounts: readonly ChatPerson[]): Promise<ChatPlace> {
  const chat = await scene.chat()
  const { access } = scene.world
  const people = accounts.map(({ id }) => id).join(',')
  const creation = { by: BOT, data: { account: (await chat.me()).id, people } }
  const place = await access.undo.create(`${access.service}.direct`, `with ${people}`, creation, () => chat.direct(accounts))
  return scene.conversations.remember(name, place)
}

export async function tryToOpenPrivate(scene: ChatScene, people: readonly string[]): Promise<void> {
  await scene.world.attempt(() => openPrivate(scene, people))
}

export async function expectSamePrivate(scene: ChatScene, people: readonly string[]): Promise<void> {
  const chat = await scene.chat()
  const again = await chat.direct(await Promise.all(people.map((name) => chat.person(name))))
  expect(again.id, `the conversation with ${nameOf(people)}, opened again`).to.equal(
    scene.conversations.recall(nameOf(people)).id,
  )
}

export async function sayPrivately(scene: ChatScene, text: string, people: readonly string[]): Promise<void> {
  const name = nameOf(people)
  const place = scene.conversations.has(name) ? scene.conversations.recall(name) : await openPrivate(scene, people)
  await say(scene, BOT, text, { place })
}

export async function trySayPrivately(scene: ChatScene, text: string, people: readonly string[]): Promise<void> {
  await scene.world.attempt(() => sayPrivately(scene, text, people))
}

/** It stands in the private conversation, and the channel knows nothing of it. */
export async function expectPrivately(scene: ChatScene, text: string, people: readonly string[]): Promise<void> {
  const chat = await scene.chat()
  const { id } = scene.said.recall(text).message
  const place = scene.conversations.recall(nameOf(people))
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
export async function sayToLatestAuthor(scene: ChatScene, text: string): Promise<void> {
  const chat = await scene.chat()
  const [me, ben] = await Promise.all([chat.me(), chat.person('Ben')])
  const counts = scene.world.access.isLive ? (author: string) => author === ben.id : (author: string) => author !== me.id
  const latest = (await chat.history(await chat.channel(), { limit: 20 })).find(({ author }) => counts(author))
  if (!latest) throw new Error('Nobody else has written in the channel lately.')
  const author = await chat.fetchPerson(latest.author)
  const place = await openWith(scene, 'the latest author', [author])
  scene.person = author
  await say(scene, BOT, text, { place })
}

export async function expectToldLatestAuthor(scene: ChatScene, text: string, whom: string): Promise<void> {
  const chat = await scene.chat()
  const person = await chat.person(whom)
  expect(scene.person?.id, 'who spoke last').to.equal(person.id)
  const there = await reread(scene, text)
  expect(there.place.id, 'where it was said').to.equal((await chat.direct([person])).id)
}

/** Files of the scenario hold a sentence of their own, so that none is mistaken for another. */
export async function attach(scene: ChatScene, name: string, text: string): Promise<void> {
  await say(scene, BOT, text, { file: { name, bytes: bytesOf(name) } })
}

export async function tryToAttach(scene: ChatScene, name: string, text: string): Promise<void> {
  await scene.world.attempt(() => attach(scene, name, text))
}

export async function expectFile(scene: ChatScene, text: string, name: string): Promise<void> {
  const chat = await scene.chat()
  const bytes = bytesOf(name)
  await eventually(async () => {
    const { files } = await reread(scene, text)
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
