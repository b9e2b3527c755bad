import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import { type Digest, Digester } from '../../http/digest'
import type { ChatAdapter, ChatMessage, ChatPlace, Details, ExpectedMessage, NewFile, SendOptions } from '../adapter'
import { CLOCK_TOLERANCE } from '../clocks'
import { type Content, plain, wordsOf } from '../content'
import { askPerson } from '../human'
import { journalData, sentData } from '../proof'
import type { ChatState, Sent } from '../state'

/** Ada is the bot; everyone else acts through the sandbox's control API, or live in person. */
export const BOT = 'Ada'
const LONGEST_NAME = 200

export interface Draft {
  place?: ChatPlace
  /** The content, created from the text with the unique id. */
  content?: (text: string) => Content
  options?: SendOptions
  files?: readonly NewFile[]
}

/** Sends a message to the channel, unless another place is given; the scenario refers to it by its text. */
export async function send(state: ChatState, who: string, text: string, draft: Draft = {}): Promise<Sent> {
  const chat = await state.chat()
  const place = draft.place ?? (await chat.channel())
  const contentOf = draft.content ?? plain
  if (who !== BOT) return sendAsOther(state, who, text, place, contentOf(text))
  const { access } = state.world
  const name = access.unique(text, LONGEST_NAME)
  const content = contentOf(name)
  const data = { ...(await journalData(chat, place)), ...sentData(wordsOf(content), name) }
  const { files = [], options = {} } = draft
  const expected = expectationOf(chat, { by: who, place, content, files, replyTo: options.replyTo })
  const post = () => (files.length > 0 ? chat.sendFiles(place, files, content) : chat.send(place, content, options))
  const adopt = (id: string) => readSent(chat, place, id)
  const message = await access.undo.create(`${access.service}.message`, name, { by: BOT, data }, post, adopt)
  return rememberSent(state, text, { expected, message })
}

/** By the scenario's own client, which knows what the scenario has mentioned. */
export async function readSent(chat: ChatAdapter, place: ChatPlace, id: string): Promise<ChatMessage> {
  const message = await chat.read(place, id)
  if (!message) throw new Error(`the message ${id} was found, and then it was gone`)
  return message
}

function digestOf(pieces: readonly Buffer[]): Digest {
  const digester = new Digester()
  for (const piece of pieces) digester.add(piece)
  return digester.digest()
}

interface Meant {
  by: string
  place: ChatPlace
  content: Content
  files?: readonly NewFile[]
  replyTo?: ChatMessage | undefined
  edited?: boolean
  details?: Details
}

/** The expected content of a message. */
export function expectationOf(
  chat: ChatAdapter,
  { by, place, content, files = [], replyTo, edited = false, details }: Meant,
): ExpectedMessage {
  return {
    by,
    place,
    text: chat.expectedText(content),
    markup: chat.expectedMarkup(content),
    mentions: content.flatMap((piece) => (piece.kind === 'mention' ? [piece.id] : [])),
    channels: content.flatMap((piece) => (piece.kind === 'channel' ? [piece.id] : [])),
    mentionsEveryone: content.some(({ kind }) => kind === 'everyone'),
    roles: content.flatMap((piece) => (piece.kind === 'role' ? [piece.id] : [])),
    hashtags: content.flatMap((piece) => (piece.kind === 'hashtag' ? [piece.text] : [])),
    cashtags: content.flatMap((piece) => (piece.kind === 'cashtag' ? [piece.text] : [])),
    edited,
    files: files.map(({ pieces, ...file }) => ({ ...file, ...digestOf(pieces) })),
    notBefore: Date.now(),
    ...(replyTo ? { replyTo: replyTo.id } : {}),
    ...(details ? { details } : {}),
  }
}

/** The response to a creation or an edit is itself compared with what was sent. From here on its ids stay the same. */
export async function rememberSent(state: ChatState, text: string, { expected, message }: Sent): Promise<Sent> {
  const ids = { message: message.id, files: message.files.map(({ id }) => id) }
  const sent = state.sent.remember(text, { message, expected: { ...expected, ids } })
  await expectAsMeant(state, message, expected, `"${text}" in the response`)
  return sent
}

/** Every field of a message is as the scenario expects. */
export async function expectAsMeant(
  state: ChatState,
  message: ChatMessage,
  expected: ExpectedMessage,
  which: string,
): Promise<void> {
  const chat = await state.chat()
  const { id: author } = await chat.person(expected.by)
  expect(message.author, `the author of ${which}`).to.equal(author)
  expect(message.place.id, `the place of ${which}`).to.equal(expected.place.id)
  if (expected.ids) expect(message.id, `the id of ${which}`).to.equal(expected.ids.message)
  expectWords(state, chat, { message, expected, which })
  expect(message.mentions, `the people mentioned by ${which}`).to.have.members([...new Set(expected.mentions)])
  if (chat.can.mentions === true && expected.channels.length > 0)
    expect(message.channels, `the channels mentioned by ${which}`).to.have.members([...new Set(expected.channels)])
  expect(message.mentionsEveryone, `whether ${which} mentions everyone`).to.equal(expected.mentionsEveryone)
  expect(message.edited, `whether ${which} is edited`).to.equal(expected.edited)
  if (chat.can.replies === true && expected.place.kind !== 'thread')
    expect(message.replyTo, `the message that ${which} replies to`).to.equal(expected.replyTo)
  expectFilesAsMeant(message, expected, which)
  await expectDetails(chat, { message, expected, which })
  expectTimes(state, { message, expected, which })
}

/** All messages of the scenario among these have their expected content. */
export async function expectKnownAsMeant(state: ChatState, messages: readonly ChatMessage[], where: string): Promise<void> {
  const known = new Map(state.sent.all().map((sent) => [sent.message.id, sent.expected]))
  for (const message of messages) {
    const expected = known.get(message.id)
    if (expected) await expectAsMeant(state, message, { ...expected, place: message.place }, `a message in ${where}`)
  }
}

interface Compared {
  message: ChatMessage
  expected: ExpectedMessage
  /** Names the message in a failure. */
  which: string
}

function expectWords(state: ChatState, chat: ChatAdapter, { message, expected, which }: Compared): void {
  const comparable = (words: string): string => (chat.comparable?.(words) ?? words).trim()
  const isTyped = state.world.access.isLive && expected.by !== BOT
  if (isTyped) expect(message.text, `the text of ${which}`).to.include(expected.text)
  else expect(comparable(message.text), `the text of ${which}`).to.equal(comparable(expected.text))
  expectInOrder(message.markup, expected.markup, `the markup of ${which}`)
}

/** In the order in which they were attached. */
function expectFilesAsMeant({ files }: ChatMessage, expected: ExpectedMessage, which: string): void {
  expect(
    files.map(({ name, size }) => ({ name, size })),
    `the files of ${which}`,
  ).to.deep.equal(expected.files.map(({ name, size }) => ({ name, size })))
  if (expected.ids)
    expect(
      files.map(({ id }) => id),
      `the ids of the files of ${which}`,
    ).to.deep.equal(expected.ids.files)
}

async function expectDetails(chat: ChatAdapter, { message, expected, which }: Compared): Promise<void> {
  const details = { ...(await chat.expectedDetails(expected, message)), ...expected.details }
  for (const [name, value] of Object.entries(details)) expect(message.details?.[name], `${name} of ${which}`).to.deep.equal(value)
}

/** Milliseconds, by this machine's clock and the tolerance that the target needs. */
function expectTimes(state: ChatState, { message, expected, which }: Compared): void {
  const tolerance = state.world.access.isLive ? CLOCK_TOLERANCE.live : CLOCK_TOLERANCE.sandbox
  const latest = Math.max(0, Date.now() - expected.notBefore) + tolerance
  const since = (time: number): number => time - expected.notBefore
  const earliest = expected.edited ? -SCENARIO : -tolerance
  expect(since(message.sentAt), `milliseconds from sending ${which} to its timestamp`).to.be.within(earliest, latest)
  for (const [name, time] of Object.entries(message.times ?? {}))
    expect(since(time), `milliseconds from sending ${which} to ${name}`).to.be.within(-tolerance, latest)
}

/** Longer than any scenario takes, in milliseconds: an edited message keeps the time at which it was sent. */
const SCENARIO = 600_000

function expectInOrder(markup: string, parts: readonly string[], what: string): void {
  let from = 0
  for (const part of parts) {
    const at = markup.indexOf(part, from)
    expect(at, `${what} contains ${JSON.stringify(part)} after position ${from}: ${JSON.stringify(markup)}`).to.be.at.least(0)
    from = at + part.length
  }
}

/** Another person sends it, and the bot finds it in the history; live, a person without a token is asked to. */
async function sendAsOther(state: ChatState, by: string, text: string, place: ChatPlace, content: Content): Promise<Sent> {
  const chat = await state.chat()
  const expected = expectationOf(chat, { by, place, content })
  const [latest] = await chat.history(place, { limit: 1 })
  const { id: author, displayName } = await chat.person(by)
  const played = await chat.canSendAs(by)
  if (played) await chat.sendAs(by, place, content)
  else state.humanTimeout = askPerson(state.world, `write in "${(await chat.channel()).name}" as ${displayName}: ${text}`)
  const message = await eventually(
    async () => {
      const since = (await chat.history(place, { limit: 20 })).filter(({ sentAt }) => sentAt > (latest?.sentAt ?? 0))
      const found = since.find((one) => one.author === author && (!played || one.text.includes(text)))
      expect(found, `"${text}" by ${by} in the history`).to.not.equal(undefined)
      return found as ChatMessage
    },
    { timeout: state.humanTimeout },
  )
  if (played) return rememberSent(state, text, { expected, message })
  return state.sent.remember(text, { expected: { ...expected, text: message.text, markup: [] }, message })
}

/** Reads a message of the scenario again. @throws AssertionError if it no longer exists */
export async function reread(state: ChatState, text: string): Promise<ChatMessage> {
  const chat = await state.chat()
  const { message } = state.sent.recall(text)
  const found = await chat.read(message.place, message.id)
  expect(found, `"${text}", read again`).to.not.equal(undefined)
  return found as ChatMessage
}

/** Reads a message until it has its expected content and the check passes. */
export async function expectRead(state: ChatState, text: string, check?: (message: ChatMessage) => void): Promise<void> {
  const { expected } = state.sent.recall(text)
  await eventually(async () => {
    const message = await reread(state, text)
    await expectAsMeant(state, message, expected, `"${text}"`)
    check?.(message)
  })
}

/** Sends a message that the platform may refuse; one that is accepted unexpectedly is undone like any other. */
export async function tryToSend(state: ChatState, text: string, draft: Draft = {}): Promise<void> {
  await state.world.attempt(() => send(state, BOT, text, draft))
}

/** A message that does not exist, for calls that must be refused. */
export async function unknownMessage(chat: ChatAdapter): Promise<ChatMessage> {
  const empty = {
    author: '',
    text: '',
    markup: '',
    edited: false,
    mentions: [],
    channels: [],
    reactions: [],
    files: [],
    sentAt: 0,
  }
  return { ...empty, id: chat.unknownIds.message, place: await chat.channel(), mentionsEveryone: false }
}

/** A message of the scenario, or one that does not exist. */
export async function messageCalled(state: ChatState, text: string | undefined): Promise<ChatMessage> {
  return text === undefined ? unknownMessage(await state.chat()) : state.sent.recall(text).message
}
