import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { Window } from '../adapter'
import type { Content } from '../content'
import type { Side } from '../parameter-types'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, expectRead, send } from './send'

/** Reads the latest messages of the channel, or those directly before and after one of the scenario's. */
export async function readHistory(state: ChatState, limit: number, side?: Side, text = ''): Promise<void> {
  const chat = await state.chat()
  const window: Window = side ? { limit, [side]: state.sent.recall(text).message } : { limit }
  state.history = await chat.history(await chat.channel(), window)
}

export async function tryToReadHistory(state: ChatState, limit: number): Promise<void> {
  await state.world.attempt(() => readHistory(state, limit))
}

/** They are among the messages read, newest first, whatever others may have written in between. */
export async function expectIncluded(state: ChatState, texts: readonly string[]): Promise<void> {
  const ids = texts.map((text) => state.sent.recall(text).message.id)
  const chat = await state.chat()
  await eventually(async () => {
    const shown = state.history.map(({ id }) => id).filter((id) => ids.includes(id))
    if (shown.length < ids.length)
      state.history = await chat.history(await chat.channel(), { limit: Math.max(10, state.history.length) })
    expect(shown, 'the messages of the scenario among those read, newest first').to.deep.equal(ids)
  })
  await expectContents(state, texts)
}

/** Exactly these. Live, if others have written in between: none of the scenario's other messages. */
export async function expectExactly(state: ChatState, texts: readonly string[]): Promise<void> {
  const ids = texts.map((text) => state.sent.recall(text).message.id)
  const own = new Set(state.sent.all().map(({ message }) => message.id))
  const shown = state.history.map(({ id }) => id)
  const crowded = state.world.access.isLive && shown.some((id) => !own.has(id))
  const expected = crowded ? ids.filter((id) => shown.includes(id)) : ids
  expect(crowded ? shown.filter((id) => own.has(id)) : shown, 'all messages read, newest first').to.deep.equal(expected)
  await expectContents(state, texts)
}

async function expectContents(state: ChatState, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const { expected, message } = state.sent.recall(text)
    const shown = state.history.find(({ id }) => id === message.id)
    if (shown) await expectAsMeant(state, shown, expected, `"${text}" in the history`)
  }
}

export function expectCount(state: ChatState, most: number): void {
  expect(state.history.length, 'the number of messages read').to.be.within(1, most)
  for (const message of state.history) expect(message.id, 'the id of a message').to.not.equal('')
  expect(
    state.history.map(({ sentAt }) => sentAt),
    'the times of the messages, newest first',
  ).to.deep.equal(state.history.map(({ sentAt }) => sentAt).sort((one, other) => other - one))
}

export function expectNone(state: ChatState): void {
  expect(
    state.history.map(({ text }) => text),
    'the messages read',
  ).to.deep.equal([])
}

/** Sends the text again in the channel, with its channel and author, like a manual forward. */
export async function forward(state: ChatState, text: string, as: string): Promise<void> {
  const chat = await state.chat()
  const { expected } = state.sent.recall(text)
  const [place, author] = await Promise.all([chat.channel(), chat.person(expected.by)])
  const content = (marked: string): Content => [
    { kind: 'text', text: `📤 ${marked}` },
    { kind: 'break' },
    { kind: 'text', text: expected.text },
    { kind: 'break' },
    { kind: 'italic', text: `Forwarded from #${place.name} by ${author.displayName}` },
  ]
  await send(state, BOT, as, { content })
}

/** The copy is a separate message, with the text, channel and author of the original. */
export async function expectForwarded(state: ChatState, as: string, text: string): Promise<void> {
  const chat = await state.chat()
  const original = state.sent.recall(text)
  const [place, author] = await Promise.all([chat.channel(), chat.person(original.expected.by)])
  await expectRead(state, as, (copy) => {
    expect(copy.id, 'the id of the copy').to.not.equal(original.message.id)
    expect(copy.text, 'the forwarded text').to.include(original.expected.text)
    expect(copy.text, 'the source of the forwarded text').to.include(place.name).and.to.include(author.displayName)
  })
}
