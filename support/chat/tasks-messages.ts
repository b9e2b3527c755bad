import { expect } from 'chai'
import { eventually } from '../core/eventually'
import type { Piece } from './content'
import { plain, wordsOf } from './content'
import { keepUniqueId, uniqueIdIn } from './proof'
import type { ChatScene } from './scene'
import { BOT, expectOf, neverSaid, reread, say, tryToSay } from './tasks'

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
export async function sayFormatted(scene: ChatScene, title: string, parts: readonly (readonly string[])[]): Promise<void> {
  const pieces = parts.flatMap(([style = '', text = '']): Piece[] => {
    const make = STYLES[style]
    if (!make) throw new Error(`No style is called "${style}"; there are: ${Object.keys(STYLES).join(', ')}.`)
    return [{ kind: 'break' }, make(text)]
  })
  await say(scene, BOT, title, { content: (marked) => [{ kind: 'text', text: marked }, ...pieces] })
}

export async function showTable(scene: ChatScene, title: string, rows: readonly (readonly string[])[]): Promise<void> {
  await say(scene, BOT, title, {
    content: (marked) => [{ kind: 'text', text: marked }, { kind: 'break' }, { kind: 'table', rows }],
  })
}

/** Its author, its words and its being as new, all as it was sent. */
export async function expectAsSent(scene: ChatScene, text: string): Promise<void> {
  const chat = await scene.chat()
  const { by, content, message } = scene.said.recall(text)
  const author = (await chat.person(by)).id
  await expectOf(scene, text, (there) => {
    expect(there.id, 'the id').to.equal(message.id)
    expect(there.author, `the author of "${text}"`).to.equal(author)
    expect(there.place.id, 'where it stands').to.equal(message.place.id)
    expect(there.text, 'what it says').to.equal(wordsOf(content))
    expect(there.edited, 'that it was edited').to.equal(false)
  })
}

/** What stands there holds everything the platform's markup needs to show it as meant. */
export async function expectFormatted(scene: ChatScene, text: string): Promise<void> {
  const chat = await scene.chat()
  const { content } = scene.said.recall(text)
  await expectOf(scene, text, ({ markup }) => {
    for (const part of chat.kept(content)) expect(markup, `the markup of "${text}"`).to.include(part)
  })
}

export async function expectReadablePlainly(scene: ChatScene, text: string): Promise<void> {
  const { content } = scene.said.recall(text)
  await expectOf(scene, text, ({ text: plainly }) => {
    for (const piece of content) if ('text' in piece) expect(plainly, 'the message in plain words').to.include(piece.text)
  })
}

/** From here on it is known by its new text; its unique id stays, by which it is recognised when it is undone. */
export async function change(scene: ChatScene, text: string, newText: string): Promise<void> {
  const chat = await scene.chat()
  const there = await reread(scene, text)
  if (uniqueIdIn(there.text) === undefined) throw new Error(`"${text}" holds no run id: only messages of the suite are edited.`)
  const content = plain(keepUniqueId(newText, there))
  const message = await chat.edit(there, content)
  scene.said.remember(newText, { by: BOT, content, message })
}

export async function expectEdited(scene: ChatScene, text: string): Promise<void> {
  const { content } = scene.said.recall(text)
  await expectOf(scene, text, (there) => {
    expect(there.text, 'what it says').to.equal(wordsOf(content))
    expect(there.edited, `that "${text}" was edited`).to.equal(true)
  })
}

export async function takeBack(scene: ChatScene, text: string): Promise<void> {
  const chat = await scene.chat()
  await chat.remove(scene.said.recall(text).message)
}

export async function tryToTakeBack(scene: ChatScene, text: string): Promise<void> {
  await scene.world.attempt(() => takeBack(scene, text))
}

export async function tryToChange(scene: ChatScene, text: string): Promise<void> {
  const chat = await scene.chat()
  const { message } = scene.said.recall(text)
  await scene.world.attempt(() => chat.edit(message, plain(keepUniqueId('Not mine to change', message))))
}

export async function expectGone(scene: ChatScene, text: string): Promise<void> {
  const chat = await scene.chat()
  const { message } = scene.said.recall(text)
  await eventually(async () => {
    expect(await chat.read(message.place, message.id), `"${text}", which was taken back`).to.equal(undefined)
  })
}

export function trySayNothing(scene: ChatScene): Promise<void> {
  return tryToSay(scene, 'Nothing', { content: () => plain('') })
}

export async function trySayTooMuch(scene: ChatScene): Promise<void> {
  const { longestMessage } = await scene.chat()
  await tryToSay(scene, 'Too much', { content: (marked) => plain(filledUp(marked, longestMessage + 1)) })
}

/** The longest text is taken whole. */
export async function sayMuch(scene: ChatScene, title: string): Promise<void> {
  const { longestMessage } = await scene.chat()
  await say(scene, BOT, title, { content: (marked) => plain(filledUp(marked, longestMessage)) })
}

/** @param length in characters */
function filledUp(text: string, length: number): string {
  return `${text} ${'x'.repeat(length - [...text].length - 1)}`
}

export async function trySayNowhere(scene: ChatScene): Promise<void> {
  const { nobodys } = await scene.chat()
  await tryToSay(scene, 'Is anybody here?', { place: { kind: 'channel', id: nobodys.channel } })
}

export function trySay(scene: ChatScene, text: string): Promise<void> {
  return tryToSay(scene, text)
}

export async function tryToChangeNothing(scene: ChatScene): Promise<void> {
  const chat = await scene.chat()
  const message = await neverSaid(chat)
  await scene.world.attempt(() => chat.edit(message, plain('Was this ever here?')))
}
