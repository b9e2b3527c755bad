import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import { type Content, type Piece, plain } from '../content'
import type { InvalidMessage } from '../parameter-types'
import { keepUniqueId, uniqueIdIn } from '../proof'
import type { ChatState } from '../state'
import { sendToListener } from './mentions'
import { BOT, expectationOf, expectKnownAsMeant, expectRead, messageCalled, rememberSent, reread, send, tryToSend } from './send'

const STYLES: Readonly<Record<string, (text: string) => Piece>> = {
  plain: (text) => ({ kind: 'text', text }),
  bold: (text) => ({ kind: 'bold', text }),
  italic: (text) => ({ kind: 'italic', text }),
  code: (text) => ({ kind: 'code', text }),
  block: (text) => ({ kind: 'block', text }),
  python: (text) => ({ kind: 'block', text, language: 'python' }),
  hashtag: (text) => ({ kind: 'hashtag', text }),
  cashtag: (text) => ({ kind: 'cashtag', text }),
}

type Rows = readonly (readonly string[])[]

/** A row per part: its style and its text. */
function piecesOf(parts: Rows): Piece[] {
  return parts.map(([style = '', text = '']) => {
    const make = STYLES[style]
    if (!make) throw new Error(`There is no style "${style}"; there are: ${Object.keys(STYLES).join(', ')}.`)
    return make(text)
  })
}

/** The title, then a line per part. Persons other than the bot write where the bot listens. */
export async function sendFormatted(state: ChatState, who: string, title: string, parts: Rows): Promise<void> {
  const pieces = piecesOf(parts).flatMap((piece): Piece[] => [{ kind: 'break' }, piece])
  const content = (marked: string): Content => [{ kind: 'text', text: marked }, ...pieces]
  if (who === BOT) await send(state, who, title, { content })
  else await sendToListener(state, who, title, content(title))
}

/** The markup of a message that was received, or of one that is read again, contains every part. */
export async function expectParts(state: ChatState, title: string, parts: Rows): Promise<void> {
  const chat = await state.chat()
  const pieces = piecesOf(parts)
  const check = ({ text, markup }: { text: string; markup: string }): void => {
    for (const piece of pieces) {
      expect(text, `the text of "${title}"`).to.include(chat.expectedText([piece]).trim())
      for (const part of chat.expectedMarkup([piece])) expect(markup, `the markup of "${title}"`).to.include(part)
    }
  }
  if (state.received.has(title)) check(state.received.recall(title))
  else await expectRead(state, title, check)
}

export async function sendTable(state: ChatState, title: string, rows: Rows): Promise<void> {
  await send(state, BOT, title, {
    content: (marked) => [{ kind: 'text', text: marked }, { kind: 'break' }, { kind: 'table', rows }],
  })
}

/** The readable text contains every word of the formatted parts. */
export async function expectReadableText(state: ChatState, title: string, parts: Rows): Promise<void> {
  await expectRead(state, title, ({ text }) => {
    for (const [, words = ''] of parts) expect(text, `the text of "${title}"`).to.include(words)
  })
}

/** Afterwards the scenario refers to it by its new text. It keeps its unique id, by which it is recognised when it is undone. */
export async function edit(state: ChatState, text: string, newText: string): Promise<void> {
  const chat = await state.chat()
  const { expected } = state.sent.recall(text)
  const message = await reread(state, text)
  if (uniqueIdIn(message.text) === undefined) throw new Error(`"${text}" has no run id: only messages of the suite are edited.`)
  const content = plain(keepUniqueId(newText, message))
  const edited = expectationOf(chat, { by: BOT, place: expected.place, content, edited: true })
  await rememberSent(state, newText, { expected: edited, message: await chat.edit(message, content) })
}

export async function deleteMessage(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  await chat.delete(state.sent.recall(text).message)
}

export async function tryToDelete(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  await state.world.attempt(() => chat.delete(state.sent.recall(text).message, { expectsRefusal: true }))
}

/** @param text of the message; undefined for one that does not exist @param newText undefined for one over the maximum length */
export async function tryToEdit(state: ChatState, text: string | undefined, newText: string | undefined): Promise<void> {
  const chat = await state.chat()
  const message = await messageCalled(state, text)
  const words = newText ?? 'x'.repeat(chat.longestMessage + 1)
  await state.world.attempt(() => chat.edit(message, plain(keepUniqueId(words, message))))
}

/** It is found neither by its id nor in the history of its place. */
export async function expectDeleted(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const { message } = state.sent.recall(text)
  await eventually(async () => {
    expect(await chat.read(message.place, message.id), `"${text}", read after it was deleted`).to.equal(undefined)
    const history = await chat.history(message.place, { limit: 20 })
    await expectKnownAsMeant(state, history, 'the history')
    const ids = history.map(({ id }) => id)
    expect(ids, `the history after "${text}" was deleted`).to.not.include(message.id)
  })
}

export async function trySending(state: ChatState, which: InvalidMessage): Promise<void> {
  const { longestMessage, unknownIds } = await state.chat()
  const content = (marked: string): Content => {
    if (which === 'an empty message') return plain('')
    return plain(which === 'a message over the maximum length' ? padded(marked, longestMessage + 1) : marked)
  }
  const place = { kind: 'channel' as const, id: unknownIds.channel }
  await tryToSend(state, 'Refused', { content, ...(which === 'a message to a channel that does not exist' ? { place } : {}) })
}

export async function sendLongest(state: ChatState, title: string): Promise<void> {
  const { longestMessage } = await state.chat()
  await send(state, BOT, title, { content: (marked) => plain(padded(marked, longestMessage)) })
}

/** @param length in characters */
function padded(text: string, length: number): string {
  return `${text} ${'x'.repeat(length - [...text].length - 1)}`
}
