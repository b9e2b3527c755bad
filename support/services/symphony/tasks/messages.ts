import { expect } from 'chai'
import type { ChatMessage } from '../../../chat/adapter'
import { journalData, sentData } from '../../../chat/proof'
import { BOT, expectationOf, expectRead, rememberSent } from '../../../chat/tasks/send'
import { LONGEST, MOST_ENTITIES } from '../limits'
import type { Excess } from '../parameter-types'
import { textIn } from '../presentation'
import { cardMessage, escaped } from '../render'
import type { SymphonyState } from '../state'

/** Sends markup unchanged to the channel; from here on the scenario refers to it by its title. */
async function sendMarkup(state: SymphonyState, title: string, markup: (marked: string) => string): Promise<ChatMessage> {
  const chat = await state.chat()
  const place = await chat.channel()
  const { undo, access } = state.world
  const name = access.unique(title)
  const sent = markup(name)
  const data = { ...(await journalData(chat, place)), ...sentData(sent.replaceAll(/<[^>]*>/g, ''), name) }
  const expected = expectationOf(chat, { by: BOT, place, content: [] })
  const message = await undo.create('symphony.message', name, { by: BOT, data }, () => chat.sendMarkup(place, sent))
  await rememberSent(state.talk, title, { expected: { ...expected, text: textIn(sent) }, message })
  return message
}

export async function sendMessageML(state: SymphonyState, title: string, markup: string): Promise<void> {
  await sendMarkup(state, title, (marked) => `<messageML>${escaped(marked)} ${markup}</messageML>`)
}

/** The whole message, root element included; a message with content begins with its unique id, by which it would be undone. */
export async function tryToSendMessageML(state: SymphonyState, message: string): Promise<void> {
  const isEmpty = /^<messageML>\s*<\/messageML>$/.test(message)
  const withId = (marked: string): string => message.replace(/^<messageML>/, `<messageML>${escaped(marked)} `)
  await state.world.attempt(() => sendMarkup(state, 'Refused', isEmpty ? () => message : withId))
}

export async function tryOversized(state: SymphonyState, excess: Excess): Promise<void> {
  const { id } = await (await state.chat()).person('Ben')
  const body = excess === 'length' ? 'x'.repeat(LONGEST + 1) : `<mention uid="${id}"/>`.repeat(MOST_ENTITIES + 1)
  await tryToSendMessageML(state, `<messageML>${body}</messageML>`)
}

/** The API has no call for reactions: the adapter must throw an error, and the message has none. */
export async function expectNoReactions(state: SymphonyState, title: string): Promise<void> {
  const chat = await state.chat()
  const outcome = await chat.react().catch((error: unknown) => error)
  expect(outcome, 'the result of a reaction').to.be.instanceOf(Error)
  expect(chat.can.reactions, 'why bots cannot react').to.match(/no call/)
  await expectRead(state.talk, title, ({ reactions }) => expect(reactions, `the reactions of "${title}"`).to.deep.equal([]))
}

/** A card quotes the original; the reply is below it. */
export async function replyInCard(state: SymphonyState, text: string, reply: string): Promise<void> {
  const chat = await state.chat()
  const { expected } = state.talk.sent.recall(text)
  const author = await chat.person(expected.by)
  await sendMarkup(state, reply, (marked) =>
    cardMessage({
      header: [{ kind: 'text', text: `In reply to ${author.displayName}` }],
      body: [{ kind: 'text', text: expected.text }],
      below: [{ kind: 'text', text: marked }],
    }),
  )
}

/** A card with the room, the author and the text of the original. */
export async function forwardInCard(state: SymphonyState, text: string, as: string): Promise<void> {
  const chat = await state.chat()
  const { expected } = state.talk.sent.recall(text)
  const [place, author] = await Promise.all([chat.channel(), chat.person(expected.by)])
  await sendMarkup(state, as, (marked) =>
    cardMessage({
      header: [{ kind: 'text', text: `📤 Forwarded from ${place.name} by ${author.displayName}` }],
      body: [{ kind: 'text', text: expected.text }],
      below: [{ kind: 'text', text: marked }],
    }),
  )
}
