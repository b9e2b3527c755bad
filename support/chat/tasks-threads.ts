import { expect } from 'chai'
import { eventually } from '../core/eventually'
import type { ChatPlace } from './adapter'
import { journalData } from './proof'
import type { ChatScene } from './scene'
import { BOT, expectOf, say } from './tasks'

const LONGEST_THREAD_NAME = 100

/** Opens the thread below a message; it is removed at the end where it is a thing of its own. */
export async function openThread(scene: ChatScene, name: string, below: string): Promise<void> {
  scene.threads.remember(name, await makeThread(scene, name, below))
}

async function makeThread(scene: ChatScene, name: string, below: string): Promise<ChatPlace> {
  const chat = await scene.chat()
  const { access } = scene.world
  const { message } = scene.said.recall(below)
  if (!chat.threadsAreMade) return chat.thread(message, name)
  return access.undo.create(
    `${access.service}.thread`,
    access.unique(name, LONGEST_THREAD_NAME),
    { by: BOT, data: { ...(await journalData(chat, message.place)), message: message.id } },
    (marked) => chat.thread(message, marked),
  )
}

export async function tryToOpenThread(scene: ChatScene, name: string, below: string): Promise<void> {
  await scene.world.attempt(() => openThread(scene, name, below))
}

export async function sayInThread(scene: ChatScene, who: string, text: string, thread: string): Promise<void> {
  await say(scene, who, text, { place: scene.threads.recall(thread) })
}

/** The thread holds these, and the channel itself does not. */
export async function expectInThread(scene: ChatScene, thread: string, texts: readonly string[]): Promise<void> {
  const chat = await scene.chat()
  const place = scene.threads.recall(thread)
  const ids = texts.map((text) => scene.said.recall(text).message.id)
  await eventually(async () => {
    const inside = (await chat.history(place, { limit: 20 })).map(({ id }) => id)
    expect(inside, `what stands in the thread "${thread}"`).to.include.members(ids)
    const outside = (await chat.history(await chat.channel(), { limit: 50 })).map(({ id }) => id)
    for (const id of ids) expect(outside, 'what stands in the channel itself').to.not.include(id)
  })
}

/** Where threads are things of their own, one below a message has that message's id; elsewhere its first message is. */
export function expectThreadBelow(scene: ChatScene, thread: string, text: string): void {
  expect(scene.threads.recall(thread).id, `the thread "${thread}"`).to.equal(scene.said.recall(text).message.id)
}

export async function reply(scene: ChatScene, who: string, text: string, answer: string): Promise<void> {
  const { message } = scene.said.recall(text)
  await say(scene, who, answer, { place: message.place, options: { replyTo: message } })
}

export async function tryToReply(scene: ChatScene, text: string, answer: string): Promise<void> {
  await scene.world.attempt(() => reply(scene, BOT, text, answer))
}

export async function expectReply(scene: ChatScene, answer: string, text: string): Promise<void> {
  const { id } = scene.said.recall(text).message
  await expectOf(scene, answer, ({ replyTo }) => expect(replyTo, `what "${answer}" is a reply to`).to.equal(id))
}
