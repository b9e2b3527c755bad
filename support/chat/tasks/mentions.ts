import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatAdapter } from '../adapter'
import type { Content, Piece } from '../content'
import { askPerson } from '../human'
import type { Mentions } from '../parameter-types'
import type { ChatState } from '../state'
import { BOT, expectAsMeant, expectationOf, expectRead, send } from './send'

const space: Piece = { kind: 'text', text: ' ' }

/** Notifies only the given people. Persons other than the bot write where the bot listens. */
export async function mention(state: ChatState, who: string, mentions: Mentions, text: string): Promise<void> {
  const pieces = await piecesFor(state, mentions)
  const content = (marked: string): Content => [...pieces, { kind: 'text', text: marked }]
  if (who !== BOT) return sendToListener(state, who, text, content(text))
  const notify = pieces.flatMap((piece) => (piece.kind === 'mention' ? [piece.id] : []))
  await send(state, who, text, { content, options: { notify } })
}

async function piecesFor(state: ChatState, { people, channel, role, audience }: Mentions): Promise<Piece[]> {
  const chat = await state.chat()
  if ((audience || role) && state.world.access.isLive)
    throw new Error('Live, no role and no audience may be mentioned: the scenario must be tagged @sandbox-only.')
  const accounts = await Promise.all(people.map((name) => chat.person(name)))
  const place = await chat.channel()
  return [
    ...accounts.flatMap(({ id, displayName }): Piece[] => [{ kind: 'mention', id, name: displayName }, space]),
    ...(channel ? [{ kind: 'channel' as const, id: place.id, name: place.name }, space] : []),
    ...(role ? [{ kind: 'role' as const, ...(await mentionableRole(chat)) }, space] : []),
    ...(audience ? [{ kind: 'everyone' as const, audience }, space] : []),
  ]
}

async function mentionableRole(chat: ChatAdapter): Promise<{ id: string; name: string }> {
  if (!chat.mentionableRole) throw new Error('The platform has no roles.')
  const { id, name } = await chat.mentionableRole()
  return { id, name }
}

/** Exactly these: of a message that was received, or of one that is read again. */
export async function expectMentions(state: ChatState, text: string, mentions: Mentions): Promise<void> {
  const chat = await state.chat()
  const pieces = await piecesFor(state, mentions)
  const people = pieces.flatMap((piece) => (piece.kind === 'mention' ? [piece.id] : []))
  const channels = mentions.channel ? [(await chat.channel()).id] : []
  const check = (message: {
    mentions: readonly string[]
    channels: readonly string[]
    mentionsEveryone: boolean
    markup: string
  }) => {
    expect(message.mentions, `the people mentioned by "${text}"`).to.have.members(people)
    expect(message.channels, `the channels mentioned by "${text}"`).to.have.members(channels)
    expect(message.mentionsEveryone, `whether "${text}" mentions everyone`).to.equal(mentions.audience !== undefined)
    const others = pieces.filter(({ kind }) => kind === 'everyone' || kind === 'role')
    for (const part of chat.expectedMarkup(others)) expect(message.markup, `the markup of "${text}"`).to.include(part)
  }
  if (state.received.has(text)) check(state.received.recall(text))
  else await expectRead(state, text, check)
}

/** From now on the bot receives every message of the channel. */
export async function listen(state: ChatState): Promise<void> {
  const chat = await state.chat()
  const inbox = await chat.listen(await chat.channel())
  state.inboxes.remember(BOT, inbox)
  state.world.closeAfterScenario(() => inbox.stop())
}

/** Sends in the channel; another person's message is searched in the history, unless the bot listens for it. */
export async function sendMessage(state: ChatState, who: string, text: string): Promise<void> {
  if (who !== BOT && state.inboxes.has(BOT)) await sendToListener(state, who, text, [{ kind: 'text', text }])
  else await send(state, who, text)
}

/** The sandbox sends for another person; live, the person at the terminal is asked to. */
export async function sendToListener(state: ChatState, by: string, text: string, content: Content): Promise<void> {
  const chat = await state.chat()
  const place = await chat.channel()
  const expected = expectationOf(chat, { by, place, content })
  const typed = expected.text
  state.humanTimeout = askPerson(state.world, `write in "${place.name}", as anyone but the bot: ${typed}`)
  if (!state.world.access.isLive) await chat.sendAs(by, place, content)
  state.sentByOthers.remember(text, expected)
}

/** Live, the person at the terminal may use other words and any account but the bot's. */
export async function expectReceived(state: ChatState, text: string, from: string): Promise<void> {
  const chat = await state.chat()
  const { isLive } = state.world.access
  const bot = await chat.me()
  const inbox = state.inboxes.recall(BOT)
  const expected = state.sentByOthers.recall(text)
  const found = await eventually(
    () => {
      const others = inbox.received().filter((one) => one.author !== bot.id)
      const fitting = others.filter((one) => isLive || one.text === expected.text)
      const texts = JSON.stringify(others.map((one) => one.text))
      expect(fitting.length, `messages "${expected.text}" among those received: ${texts}`).to.be.at.least(1)
      return fitting.at(-1)
    },
    { timeout: state.humanTimeout },
  )
  if (!found) throw new Error('No message was received.')
  if (!isLive) await expectAsMeant(state, found, { ...expected, by: from }, `"${text}", as it was received`)
  state.received.remember(text, found)
}

/** Exactly these, each once, in the order in which they were sent, with their authors. */
export async function expectReceivedOnce(state: ChatState, texts: readonly string[]): Promise<void> {
  const inbox = state.inboxes.recall(BOT)
  const sent = texts.map((text) => state.sentByOthers.recall(text))
  const received = await eventually(() => {
    const messages = inbox.received()
    expect(
      messages.map(({ text }) => text),
      'the messages received',
    ).to.deep.equal(sent.map(({ text }) => text))
    return messages
  })
  for (const [at, expected] of sent.entries()) {
    const message = received[at]
    if (message) await expectAsMeant(state, message, expected, `"${texts[at]}", as it was received`)
  }
}

const QUOTED = 100

/**
 * Sends the first hundred characters of the received message, as a reply if the platform has replies. Live, others may have
 * written in between: the bot replies only to the message it waited for.
 */
export async function quote(state: ChatState, received: string, text: string): Promise<void> {
  const chat = await state.chat()
  const message = state.received.recall(received)
  const mayReply = chat.can.replies === true && message.text.toLowerCase().includes(received.toLowerCase())
  const quoted = [...message.text].slice(0, QUOTED).join('')
  await send(state, BOT, text, {
    content: (marked) => [
      { kind: 'text', text: `${marked}: ` },
      { kind: 'italic', text: quoted.trim() },
    ],
    options: mayReply ? { replyTo: message } : {},
  })
}

/** The message contains the intended text of the original. */
export async function expectQuotes(state: ChatState, text: string, quoted: string): Promise<void> {
  const { isLive } = state.world.access
  const sent = state.sent.has(quoted) ? state.sent.recall(quoted).expected : state.sentByOthers.recall(quoted)
  const words = isLive && state.received.has(quoted) ? state.received.recall(quoted).text : sent.text
  await expectRead(state, text, (message) => {
    expect(message.text, `the text of "${text}"`).to.include([...words].slice(0, QUOTED).join('').trim())
  })
}
