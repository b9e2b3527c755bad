import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatAdapter, ChatMessage, ChatPlace, SendOptions } from '../adapter'
import type { Content } from '../content'
import { plain, wordsOf } from '../content'
import { journalData, sentData } from '../proof'
import type { ChatState, Said } from '../state'

/** Who the bot is; everybody else speaks through the sandbox's control port, or live in person. */
export const BOT = 'Ada'
const LONGEST_NAME = 200

export interface Utterance {
  place?: ChatPlace
  /** What is said, given the marked text it is known by. */
  content?: (text: string) => Content
  options?: SendOptions
  file?: { name: string; bytes: Buffer }
}

/** Says something in the channel, unless another place is given; from here on it is known by its text. */
export async function say(state: ChatState, who: string, text: string, utterance: Utterance = {}): Promise<Said> {
  const chat = await state.chat()
  const place = utterance.place ?? (await chat.channel())
  const contentOf = utterance.content ?? plain
  if (who !== BOT) return overheard(state, who, text, place, contentOf(text))
  const { access } = state.world
  const name = access.unique(text, LONGEST_NAME)
  const content = contentOf(name)
  const data = { ...(await journalData(chat, place)), ...sentData(wordsOf(content), name) }
  const { file, options } = utterance
  const message = await access.undo.create(`${access.service}.message`, name, { by: BOT, data }, () =>
    file ? chat.sendFile(place, file, content) : chat.send(place, content, options),
  )
  return state.said.remember(text, { by: who, content, message })
}

/** Somebody else says it; the bot finds it in the history, for nobody hands it the answer. */
async function overheard(state: ChatState, by: string, text: string, place: ChatPlace, content: Content): Promise<Said> {
  const chat = await state.chat()
  await chat.speakAs(by, place, content)
  const author = (await chat.person(by)).id
  const message = await eventually(async () => {
    const found = (await chat.history(place, { limit: 20 })).find((one) => one.author === author && one.text.includes(text))
    expect(found, `"${text}" by ${by} in the history`).to.not.equal(undefined)
    return found as ChatMessage
  })
  return state.said.remember(text, { by, content, message })
}

/** Reads a message of the scenario again, as it stands there now. @throws an expectation where it is gone */
export async function reread(state: ChatState, text: string): Promise<ChatMessage> {
  const chat = await state.chat()
  const { message } = state.said.recall(text)
  const there = await chat.read(message.place, message.id)
  expect(there, `"${text}", read again`).to.not.equal(undefined)
  return there as ChatMessage
}

/** Every check of a message reads it anew until it holds. */
export async function expectOf(state: ChatState, text: string, check: (there: ChatMessage) => void): Promise<void> {
  await eventually(async () => check(await reread(state, text)))
}

/** Sends what may be refused; where it is accepted after all, it is undone like any other. */
export async function tryToSay(state: ChatState, text: string, utterance: Utterance = {}): Promise<void> {
  await state.world.attempt(() => say(state, BOT, text, utterance))
}

/** A message that was never there, for what must be refused. */
export async function neverSaid(chat: ChatAdapter): Promise<ChatMessage> {
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
  return { ...empty, id: chat.nobodys.message, place: await chat.channel(), mentionsEverybody: false }
}
