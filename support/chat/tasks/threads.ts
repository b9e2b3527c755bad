import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatPlace } from '../adapter'
import { journalData } from '../proof'
import type { ChatState } from '../state'
import { BOT, expectOf, say } from './send'

const LONGEST_THREAD_NAME = 100

/** Opens the thread below a message; it is removed at the end where it is a thing of its own. */
export async function openThread(state: ChatState, name: string, below: string): Promise<void> {
  state.threads.remember(name, await makeThread(state, name, below))
}

async function makeThread(state: ChatState, name: string, below: string): Promise<ChatPlace> {
  const chat = await state.chat()
  const { access } = state.world
  const { message } = state.said.recall(below)
  if (!chat.threadsAreMade) return chat.thread(message, name)
  return access.undo.create(
    `${access.service}.thread`,
    access.unique(name, LONGEST_THREAD_NAME),
    { by: BOT, data: { ...(await journalData(chat, message.place)), message: message.id } },
    (marked) => chat.thread(message, marked),
  )
}

export async function tryToOpenThread(state: ChatState, name: string, below: string): Promise<void> {
  await state.world.attempt(() => openThread(state, name, below))
}

export async function sayInThread(state: ChatState, who: string, text: string, thread: string): Promise<void> {
  await say(state, who, text, { place: state.threads.recall(thread) })
}

/** The thread holds these, and the channel itself does not. */
export async function expectInThread(state: ChatState, thread: string, texts: readonly string[]): Promise<void> {
  const chat = await state.chat()
  const place = state.threads.recall(thread)
  const ids = texts.map((text) => state.said.recall(text).message.id)
  await eventually(async () => {
    const inside = (await chat.history(place, { limit: 20 })).map(({ id }) => id)
    expect(inside, `what stands in the thread "${thread}"`).to.include.members(ids)
    const outside = (await chat.history(await chat.channel(), { limit: 50 })).map(({ id }) => id)
    for (const id of ids) expect(outside, 'what stands in the channel itself').to.not.include(id)
  })
}

/** Where threads are things of their own, one below a message has that message's id; elsewhere its first message is. */
export function expectThreadBelow(state: ChatState, thread: string, text: string): void {
  expect(state.threads.recall(thread).id, `the thread "${thread}"`).to.equal(state.said.recall(text).message.id)
}

export async function reply(state: ChatState, who: string, text: string, answer: string): Promise<void> {
  const { message } = state.said.recall(text)
  await say(state, who, answer, { place: message.place, options: { replyTo: message } })
}

export async function tryToReply(state: ChatState, text: string, answer: string): Promise<void> {
  await state.world.attempt(() => reply(state, BOT, text, answer))
}

export async function expectReply(state: ChatState, answer: string, text: string): Promise<void> {
  const { id } = state.said.recall(text).message
  await expectOf(state, answer, ({ replyTo }) => expect(replyTo, `what "${answer}" is a reply to`).to.equal(id))
}
