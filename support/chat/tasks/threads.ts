import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatMessage, ChatPlace } from '../adapter'
import { journalData } from '../proof'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, expectKnownAsMeant, expectRead, send } from './send'

const LONGEST_THREAD_NAME = 100

/** Starts a thread on a message; it is deleted at the end if it is a resource of its own. */
export async function startThread(state: ChatState, name: string, on: string): Promise<void> {
  state.places.remember(name, await makeThread(state, name, on))
}

async function makeThread(state: ChatState, name: string, on: string): Promise<ChatPlace> {
  const chat = await state.chat()
  const { access } = state.world
  const { message } = state.sent.recall(on)
  if (!chat.createsThreads) return chat.thread(message, name)
  return access.undo.create(
    `${access.service}.thread`,
    access.unique(name, LONGEST_THREAD_NAME),
    { by: BOT, data: { ...(await journalData(chat, message.place)), message: message.id } },
    (marked) => chat.thread(message, marked),
  )
}

export async function tryToStartThread(state: ChatState, name: string, on: string): Promise<void> {
  await state.world.attempt(() => startThread(state, name, on))
}

export async function sendIn(state: ChatState, who: string, text: string, place: string): Promise<void> {
  await send(state, who, text, { place: state.places.recall(place) })
}

/** The thread contains exactly these, oldest first, and the channel itself none of them. */
export async function expectInThread(state: ChatState, thread: string, texts: readonly string[]): Promise<void> {
  const chat = await state.chat()
  const place = state.places.recall(thread)
  const sent = texts.map((text) => state.sent.recall(text))
  await eventually(async () => {
    const inside = (await chat.history(place, { limit: 20 })).filter(isWritten).reverse()
    expect(
      inside.map(({ id }) => id),
      `the messages of the thread "${thread}", oldest first`,
    ).to.deep.equal(sent.map(({ message }) => message.id))
    for (const [at, message] of inside.entries()) {
      const expected = sent[at]?.expected
      if (expected) await expectAsMeant(state, message, expected, `"${texts[at]}" in the thread`)
    }
    const around = await chat.history(await chat.channel(), { limit: 50 })
    await expectKnownAsMeant(state, around, 'the channel')
    const outside = around.map(({ id }) => id)
    expect(
      outside.filter((id) => sent.some(({ message }) => message.id === id)),
      'messages of the thread in the channel itself',
    ).to.deep.equal([])
  })
}

/** Discord begins a thread with an empty system message. */
function isWritten({ text, files }: ChatMessage): boolean {
  return text !== '' || files.length > 0
}

/** A thread has the id of the message it was started on: in Discord by definition, in Slack because a thread is its first message. */
export function expectThreadOn(state: ChatState, thread: string, text: string): void {
  const { id, parent } = state.places.recall(thread)
  const { message, expected } = state.sent.recall(text)
  expect(id, `the message of the thread "${thread}"`).to.equal(message.id)
  expect(parent, `the channel of the thread "${thread}"`).to.equal(expected.place.id)
}

export async function reply(state: ChatState, to: string, text: string): Promise<void> {
  const { message } = state.sent.recall(to)
  await send(state, BOT, text, { place: message.place, options: { replyTo: message } })
}

export async function tryToReply(state: ChatState, to: string, text: string): Promise<void> {
  await state.world.attempt(() => reply(state, to, text))
}

export async function expectReply(state: ChatState, text: string, to: string): Promise<void> {
  const { id } = state.sent.recall(to).message
  await expectRead(state, text, ({ replyTo }) => expect(replyTo, `the message that "${text}" replies to`).to.equal(id))
}
