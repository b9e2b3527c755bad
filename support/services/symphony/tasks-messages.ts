import { expect } from 'chai'
import type { ChatMessage } from '../../chat/adapter'
import type { Content, Piece } from '../../chat/content'
import { journalData, sentData } from '../../chat/proof'
import { BOT, expectOf } from '../../chat/tasks'
import { cardMessage } from './cards'
import { LONGEST, MOST_ENTITIES } from './limits'
import { escaped } from './messageml'
import type { SymphonyScene } from './scene'

/** Markup as it is, sent into the channel; from here on it is known by its title. */
async function sendMarkup(scene: SymphonyScene, title: string, markup: (marked: string) => string): Promise<ChatMessage> {
  const chat = await scene.chat()
  const place = await chat.channel()
  const { undo, access } = scene.world
  const name = access.unique(title)
  const sent = markup(name)
  const data = { ...(await journalData(chat, place)), ...sentData(sent.replaceAll(/<[^>]*>/g, ''), name) }
  const message = await undo.create('symphony.message', name, { by: BOT, data }, () => chat.sendMarkup(place, sent))
  scene.talk.said.remember(title, { by: BOT, content: [], message })
  return message
}

export async function write(scene: SymphonyScene, title: string, markup: string): Promise<void> {
  await sendMarkup(scene, title, (marked) => `<messageML>${escaped(marked)} ${markup}</messageML>`)
}

/** The whole message as it stands there, root and all; what is not empty begins with its unique id, by which it would be undone. */
export async function tryToWrite(scene: SymphonyScene, message: string): Promise<void> {
  const isEmpty = /^<messageML>\s*<\/messageML>$/.test(message)
  const withId = (marked: string): string => message.replace(/^<messageML>/, `<messageML>${escaped(marked)} `)
  await scene.world.attempt(() => sendMarkup(scene, 'Odd', isEmpty ? () => message : withId))
}

export async function tryTooLong(scene: SymphonyScene): Promise<void> {
  await tryToWrite(scene, `<messageML>${'x'.repeat(LONGEST + 1)}</messageML>`)
}

export async function tryTooManyMentions(scene: SymphonyScene, whom: string): Promise<void> {
  const { id } = await (await scene.chat()).person(whom)
  await tryToWrite(scene, `<messageML>${`<mention uid="${id}"/>`.repeat(MOST_ENTITIES + 1)}</messageML>`)
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
export async function expectParts(scene: SymphonyScene, title: string, parts: readonly (readonly string[])[]): Promise<void> {
  const chat = await scene.chat()
  const pieces: Content = parts.map(([style = '', text = '']) => {
    const make = STYLES[style]
    if (!make) throw new Error(`No style is called "${style}"; there are: ${Object.keys(STYLES).join(', ')}.`)
    return make(text)
  })
  await expectOf(scene.talk, title, ({ markup }) => {
    for (const part of chat.kept(pieces)) expect(markup, `the markup of "${title}"`).to.include(part)
  })
}

/** The platform wrote the name of whom the message mentions by number. */
export async function expectNamed(scene: SymphonyScene, title: string, whom: string): Promise<void> {
  const { displayName } = await (await scene.chat()).person(whom)
  await expectOf(scene.talk, title, ({ text }) => expect(text, 'what a reader sees').to.include(`@${displayName}`))
}

/** There is no call for it, so the adapter must say so rather than pretend. */
export async function expectNoReactions(scene: SymphonyScene, title: string): Promise<void> {
  const chat = await scene.chat()
  const outcome = await chat.react().catch((error: unknown) => error)
  expect(outcome, 'what comes of reacting').to.be.instanceOf(Error)
  expect(chat.can.reactions, 'why bots cannot react').to.match(/no call/)
  await expectOf(scene.talk, title, ({ reactions }) => expect(reactions, 'its reactions').to.deep.equal([]))
}

/** A card quotes what is answered; the answer stands below it. */
export async function answerInCard(scene: SymphonyScene, text: string, answer: string): Promise<void> {
  const chat = await scene.chat()
  const { message } = scene.talk.said.recall(text)
  const author = await chat.fetchPerson(message.author)
  await sendMarkup(scene, answer, (marked) =>
    cardMessage({
      header: [{ kind: 'text', text: `In reply to ${author.displayName}` }],
      body: [{ kind: 'text', text: message.text }],
      below: [{ kind: 'text', text: marked }],
    }),
  )
}

export async function expectQuotes(scene: SymphonyScene, answer: string, text: string): Promise<void> {
  const chat = await scene.chat()
  const { message } = scene.talk.said.recall(text)
  const author = await chat.fetchPerson(message.author)
  await expectOf(scene.talk, answer, (there) => {
    expect(there.id, 'the id of the answer').to.not.equal(message.id)
    expect(there.text, 'whom it answers').to.include(`In reply to ${author.displayName}`)
    expect(there.text, 'what it quotes').to.include(message.text)
    expect(there.text, 'the answer itself').to.include(answer)
  })
}

/** A card says where it comes from and holds what was said, after a sign that it is passed on. */
export async function forwardInCard(scene: SymphonyScene, text: string, as: string): Promise<void> {
  const chat = await scene.chat()
  const { message } = scene.talk.said.recall(text)
  const [place, author] = await Promise.all([chat.channel(), chat.fetchPerson(message.author)])
  await sendMarkup(scene, as, (marked) =>
    cardMessage({
      header: [{ kind: 'text', text: `📤 Forwarded from ${place.name} by ${author.displayName}` }],
      body: [{ kind: 'text', text: message.text }],
      below: [{ kind: 'text', text: marked }],
    }),
  )
}
