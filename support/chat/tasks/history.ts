import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatMessage, Window } from '../adapter'
import type { Content } from '../content'
import type { ChatState } from '../state'
import { BOT, say } from './send'

/** Reads the latest messages of the channel, or those right before or after one of the scenario's. */
export async function readHistory(state: ChatState, limit: number, side?: 'before' | 'after', text = ''): Promise<void> {
  const chat = await state.chat()
  const window: Window = side ? { limit, [side]: state.said.recall(text).message } : { limit }
  state.shown = await chat.history(await chat.channel(), window)
}

export async function tryToReadHistory(state: ChatState, limit: number): Promise<void> {
  await state.world.attempt(() => readHistory(state, limit))
}

export async function tryToReadHistoryOfNowhere(state: ChatState): Promise<void> {
  const chat = await state.chat()
  await state.world.attempt(() => chat.history({ kind: 'channel', id: chat.nobodys.channel }, { limit: 1 }))
}

/** These stand among what was read, newest first, whatever others may have written in between. */
export async function expectShown(state: ChatState, texts: readonly string[]): Promise<void> {
  const ids = texts.map((text) => state.said.recall(text).message.id)
  const chat = await state.chat()
  await eventually(async () => {
    const shown = state.shown.map(({ id }) => id).filter((id) => ids.includes(id))
    if (shown.length < ids.length)
      state.shown = await chat.history(await chat.channel(), { limit: Math.max(10, state.shown.length) })
    expect(shown, 'those of the scenario among what was read, newest first').to.deep.equal(ids)
  })
}

/** Exactly these, and nothing else; where strangers have written in between, none of the scenario's that lie elsewhere. */
export function expectExactlyShown(state: ChatState, texts: readonly string[]): void {
  const ids = texts.map((text) => state.said.recall(text).message.id)
  const own = new Set(state.said.all().map(({ message }) => message.id))
  const shown = state.shown.map(({ id }) => id)
  const crowded = state.world.access.isLive && shown.some((id) => !own.has(id))
  const expected = crowded ? ids.filter((id) => shown.includes(id)) : ids
  expect(crowded ? shown.filter((id) => own.has(id)) : shown, 'all that was read, newest first').to.deep.equal(expected)
}

export function expectCount(state: ChatState, most: number): void {
  expect(state.shown.length, 'how many messages were read').to.be.within(1, most)
  for (const message of state.shown) expect(message.id, 'the id of a message').to.not.equal('')
  expect(
    state.shown.map(({ sentAt }) => sentAt),
    'when they were sent, newest first',
  ).to.deep.equal(state.shown.map(({ sentAt }) => sentAt).sort((one, other) => other - one))
}

export function expectNothingShown(state: ChatState): void {
  expect(
    state.shown.map(({ text }) => text),
    'what was read',
  ).to.deep.equal([])
}

/** Says it again in the channel, naming where it comes from, as people do who pass something on. */
export async function forward(state: ChatState, text: string, as: string): Promise<void> {
  const chat = await state.chat()
  const { message } = state.said.recall(text)
  const [place, author] = await Promise.all([chat.channel(), chat.fetchPerson(message.author)])
  const content = (marked: string): Content => [
    { kind: 'text', text: `📤 ${marked}` },
    { kind: 'break' },
    { kind: 'text', text: message.text },
    { kind: 'break' },
    { kind: 'italic', text: `Forwarded from #${place.name} by ${author.displayName}` },
  ]
  await say(state, BOT, as, { content })
}

export async function expectForwarded(state: ChatState, as: string, text: string): Promise<void> {
  const chat = await state.chat()
  const original = state.said.recall(text).message
  const [place, author] = await Promise.all([chat.channel(), chat.fetchPerson(original.author)])
  const copy = state.said.recall(as).message
  await eventually(async () => {
    const there = (await chat.read(copy.place, copy.id)) as ChatMessage
    expect(there.id, 'the id of the copy').to.not.equal(original.id)
    expect(there.text, 'what was passed on').to.include(original.text)
    expect(there.text, 'where it says it comes from').to.include(place.name).and.to.include(author.displayName)
  })
}
