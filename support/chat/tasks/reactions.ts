import { expect } from 'chai'
import type { ActOptions, Reaction } from '../adapter'
import { journalData, uniqueIdIn } from '../proof'
import type { ChatState } from '../state'
import { BOT, expectRead, messageCalled } from './send'

/** How much of another person's message, which has no unique id, the journal stores. */
const LONGEST_QUOTE = 200

/** Adds them one after the other: platforms limit reactions more strictly than any other call. */
export async function react(
  state: ChatState,
  text: string | undefined,
  reactions: readonly Reaction[],
  options: ActOptions = {},
): Promise<void> {
  const chat = await state.chat()
  const { access } = state.world
  const message = await messageCalled(state, text)
  const on = uniqueIdIn(message.text) ?? message.text.slice(0, LONGEST_QUOTE)
  for (const reaction of reactions) {
    const data = { ...(await journalData(chat, message.place)), message: message.id, reaction, on }
    await access.undo.create(`${access.service}.reaction`, `${reaction} on ${text}`, { by: BOT, data }, async () => {
      await chat.react(message, reaction, options)
      return { id: message.id }
    })
  }
}

export async function tryToReact(state: ChatState, text: string | undefined, reactions: readonly Reaction[]): Promise<void> {
  await state.world.attempt(() => react(state, text, reactions, { expectsRefusal: true }))
}

export async function unreact(
  state: ChatState,
  text: string,
  reactions: readonly Reaction[],
  options: ActOptions = {},
): Promise<void> {
  const chat = await state.chat()
  const { message } = state.sent.recall(text)
  for (const reaction of reactions) await chat.unreact(message, reaction, options)
}

export async function tryToUnreact(state: ChatState, text: string, reactions: readonly Reaction[]): Promise<void> {
  await state.world.attempt(() => unreact(state, text, reactions, { expectsRefusal: true }))
}

/** Exactly these, each once and by the bot, in the order in which they were added. */
export async function expectReactions(state: ChatState, text: string, reactions: readonly Reaction[]): Promise<void> {
  await expectRead(state, text, (message) => {
    const shown = message.reactions.map(({ reaction, count, mine }) => ({ reaction, count, mine }))
    const expected = reactions.map((reaction) => ({ reaction, count: 1, mine: true }))
    expect(shown, `the reactions to "${text}"`).to.deep.equal(expected)
  })
}
