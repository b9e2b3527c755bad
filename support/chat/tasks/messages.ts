import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { Piece } from '../content'
import { plain, wordsOf } from '../content'
import { keepUniqueId, uniqueIdIn } from '../proof'
import type { ChatState } from '../state'
import { BOT, expectOf, neverSaid, reread, say, tryToSay } from './send'

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

/** The title, then a line per part: its style and its text. */
export async function sayFormatted(state: ChatState, title: string, parts: readonly (readonly string[])[]): Promise<void> {
  const pieces = parts.flatMap(([style = '', text = '']): Piece[] => {
    const make = STYLES[style]
    if (!make) throw new Error(`No style is called "${style}"; there are: ${Object.keys(STYLES).join(', ')}.`)
    return [{ kind: 'break' }, make(text)]
  })
  await say(state, BOT, title, { content: (marked) => [{ kind: 'text', text: marked }, ...pieces] })
}

export async function showTable(state: ChatState, title: string, rows: readonly (readonly string[])[]): Promise<void> {
  await say(state, BOT, title, {
    content: (marked) => [{ kind: 'text', text: marked }, { kind: 'break' }, { kind: 'table', rows }],
  })
}

/** Its author, its words and its being as new, all as it was sent. */
export async function expectAsSent(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const { by, content, message } = state.said.recall(text)
  const author = (await chat.person(by)).id
  await expectOf(state, text, (there) => {
    expect(there.id, 'the id').to.equal(message.id)
    expect(there.author, `the author of "${text}"`).to.equal(author)
    expect(there.place.id, 'where it stands').to.equal(message.place.id)
    expect(there.text, 'what it says').to.equal(wordsOf(content))
    expect(there.edited, 'that it was edited').to.equal(false)
  })
}

/** What stands there holds everything the platform's markup needs to show it as meant. */
export async function expectFormatted(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const { content } = state.said.recall(text)
  await expectOf(state, text, ({ markup }) => {
    for (const part of chat.kept(content)) expect(markup, `the markup of "${text}"`).to.include(part)
  })
}

export async function expectReadablePlainly(state: ChatState, text: string): Promise<void> {
  const { content } = state.said.recall(text)
  await expectOf(state, text, ({ text: plainly }) => {
    for (const piece of content) if ('text' in piece) expect(plainly, 'the message in plain words').to.include(piece.text)
  })
}

/** From here on it is known by its new text; its unique id stays, by which it is recognised when it is undone. */
export async function change(state: ChatState, text: string, newText: string): Promise<void> {
  const chat = await state.chat()
  const there = await reread(state, text)
  if (uniqueIdIn(there.text) === undefined) throw new Error(`"${text}" holds no run id: only messages of the suite are edited.`)
  const content = plain(keepUniqueId(newText, there))
  const message = await chat.edit(there, content)
  state.said.remember(newText, { by: BOT, content, message })
}

export async function expectEdited(state: ChatState, text: string): Promise<void> {
  const { content } = state.said.recall(text)
  await expectOf(state, text, (there) => {
    expect(there.text, 'what it says').to.equal(wordsOf(content))
    expect(there.edited, `that "${text}" was edited`).to.equal(true)
  })
}

export async function takeBack(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  await chat.remove(state.said.recall(text).message)
}

export async function tryToTakeBack(state: ChatState, text: string): Promise<void> {
  await state.world.attempt(() => takeBack(state, text))
}

export async function tryToChange(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const { message } = state.said.recall(text)
  await state.world.attempt(() => chat.edit(message, plain(keepUniqueId('Not mine to change', message))))
}

export async function expectGone(state: ChatState, text: string): Promise<void> {
  const chat = await state.chat()
  const { message } = state.said.recall(text)
  await eventually(async () => {
    expect(await chat.read(message.place, message.id), `"${text}", which was taken back`).to.equal(undefined)
  })
}

export function trySayNothing(state: ChatState): Promise<void> {
  return tryToSay(state, 'Nothing', { content: () => plain('') })
}

export async function trySayTooMuch(state: ChatState): Promise<void> {
  const { longestMessage } = await state.chat()
  await tryToSay(state, 'Too much', { content: (marked) => plain(filledUp(marked, longestMessage + 1)) })
}

/** The longest text is taken whole. */
export async function sayMuch(state: ChatState, title: string): Promise<void> {
  const { longestMessage } = await state.chat()
  await say(state, BOT, title, { content: (marked) => plain(filledUp(marked, longestMessage)) })
}

/** @param length in characters */
function filledUp(text: string, length: number): string {
  return `${text} ${'x'.repeat(length - [...text].length - 1)}`
}

export async function trySayNowhere(state: ChatState): Promise<void> {
  const { nobodys } = await state.chat()
  await tryToSay(state, 'Is anybody here?', { place: { kind: 'channel', id: nobodys.channel } })
}

export function trySay(state: ChatState, text: string): Promise<void> {
  return tryToSay(state, text)
}

export async function tryToChangeNothing(state: ChatState): Promise<void> {
  const chat = await state.chat()
  const message = await neverSaid(chat)
  await state.world.attempt(() => chat.edit(message, plain('Was this ever here?')))
}
