import { expect } from 'chai'
import type { ChatMessage } from '../../../chat/adapter'
import type { Content, Piece } from '../../../chat/content'
import { journalData, sentData } from '../../../chat/proof'
import { BOT, expectationOf, expectRead, rememberSent } from '../../../chat/tasks/send'
import { LONGEST, MOST_ENTITIES } from '../limits'
import { textIn } from '../presentation'
import { cardMessage, escaped } from '../render'
import type { SymphonyState } from '../state'

/** Markup as it is, sent into the channel; from here on it is known by its title. */
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

export async function write(state: SymphonyState, title: string, markup: string): Promise<void> {
  await sendMarkup(state, title, (marked) => `<messageML>${escaped(marked)} ${markup}</messageML>`)
}

/** The whole message as it stands there, root and all; what is not empty begins with its unique id, by which it would be undone. */
export async function tryToWrite(state: SymphonyState, message: string): Promise<void> {
  const isEmpty = /^<messageML>\s*<\/messageML>$/.test(message)
  const withId = (marked: string): string => message.replace(/^<messageML>/, `<messageML>${escaped(marked)} `)
  await state.world.attempt(() => sendMarkup(state, 'Odd', isEmpty ? () => message : withId))
}

export async function tryTooLong(state: SymphonyState): Promise<void> {
  await tryToWrite(state, `<messageML>${'x'.repeat(LONGEST + 1)}</messageML>`)
}

export async function tryTooManyMentions(state: SymphonyState, whom: string): Promise<void> {
  const { id } = await (await state.chat()).person(whom)
  await tryToWrite(state, `<messageML>${`<mention uid="${id}"/>`.repeat(MOST_ENTITIES + 1)}</messageML>`)
}

const STYLES: Readonly<Record<string, (text: string) => Piece>> = {
  bold: (text) => ({ kind: 'bold', text }),
  italic: (text) => ({ kind: 'italic', text }),
  code: (text) => ({ kind: 'code', text }),
  block: (text) => ({ kind: 'block', text }),
  hashtag: (text) => ({ kind: 'hashtag', text }),
  cashtag: (text) => ({ kind: 'cashtag', text }),
}

/** A line per part: its style and its text. */
export async function expectParts(state: SymphonyState, title: string, parts: readonly (readonly string[])[]): Promise<void> {
  const chat = await state.chat()
  const pieces: Content = parts.map(([style = '', text = '']) => {
    const make = STYLES[style]
    if (!make) throw new Error(`No style is called "${style}"; there are: ${Object.keys(STYLES).join(', ')}.`)
    return make(text)
  })
  await expectRead(state.talk, title, ({ markup }) => {
    for (const part of chat.expectedMarkup(pieces)) expect(markup, `the markup of "${title}"`).to.include(part)
  })
}

/** The platform wrote the name of whom the message mentions by number. */
export async function expectNamed(state: SymphonyState, title: string, whom: string): Promise<void> {
  const { displayName } = await (await state.chat()).person(whom)
  await expectRead(state.talk, title, ({ text }) => expect(text, 'what a reader sees').to.include(`@${displayName}`))
}

/** There is no call for it, so the adapter must say so rather than pretend. */
export async function expectNoReactions(state: SymphonyState, title: string): Promise<void> {
  const chat = await state.chat()
  const outcome = await chat.react().catch((error: unknown) => error)
  expect(outcome, 'what comes of reacting').to.be.instanceOf(Error)
  expect(chat.can.reactions, 'why bots cannot react').to.match(/no call/)
  await expectRead(state.talk, title, ({ reactions }) => expect(reactions, 'its reactions').to.deep.equal([]))
}

/** A card quotes what is answered; the answer stands below it. */
export async function answerInCard(state: SymphonyState, text: string, answer: string): Promise<void> {
  const chat = await state.chat()
  const { expected } = state.talk.sent.recall(text)
  const author = await chat.person(expected.by)
  await sendMarkup(state, answer, (marked) =>
    cardMessage({
      header: [{ kind: 'text', text: `In reply to ${author.displayName}` }],
      body: [{ kind: 'text', text: expected.text }],
      below: [{ kind: 'text', text: marked }],
    }),
  )
}

/** A card says where it comes from and holds what was said, after a sign that it is passed on. */
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
