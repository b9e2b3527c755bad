import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatMessage, ChatPlace } from '../../../chat/adapter'
import { plain } from '../../../chat/content'
import { journalData } from '../../../chat/proof'
import type { ChatState } from '../../../chat/state'
import { BOT, expectationOf, expectRead, readSent, rememberSent } from '../../../chat/tasks/send'
import type { DiscordChat } from '../adapter'
import * as contract from '../contract'
import { limitMessages } from '../control'
import { threadOf, toChatMessage } from '../parse'
import { discordOf } from './gateway'

/** Discord accepts a reply to a deleted message as an ordinary message if the request says so. */
export async function replyEvenIfDeleted(state: ChatState, to: string, text: string): Promise<void> {
  const chat = await discordOf(state)
  const { access } = state.world
  const { message: original, expected: place } = state.sent.recall(to)
  const creation = { by: BOT, data: await journalData(chat, original.place) }
  const name = access.unique(text)
  const expected = expectationOf(chat, { by: BOT, place: place.place, content: plain(name) })
  const message = await access.undo.create('discord.message', name, creation, async (content) => {
    const message_reference = { message_id: original.id, fail_if_not_exists: false }
    const body = { content: chat.escape(content), allowed_mentions: { parse: [] }, message_reference }
    return toChatMessage(await chat.client.createMessage(original.place.id, body), original.place)
  })
  await rememberSent(state, text, { expected, message })
}

/** Read again, it has its own text and refers to no message. */
export async function expectNoReply(state: ChatState, text: string): Promise<void> {
  await expectRead(state, text, ({ replyTo }) => expect(replyTo, `the message that "${text}" replies to`).to.equal(undefined))
}

export async function expectThreadLinked(state: ChatState, text: string, thread: string): Promise<void> {
  const chat = await discordOf(state)
  const { message } = state.sent.recall(text)
  const { id } = state.places.recall(thread)
  await eventually(async () => {
    const read = await chat.client.message(message.place.id, message.id)
    expect(read.thread?.id, `the thread of "${text}"`).to.equal(id)
    const channel = contract.thread.parse(await chat.client.channel(id))
    expect(read.thread && threadOf(read.thread), `the thread of "${text}"`).to.deep.equal(threadOf(channel))
  })
}

/** The thread as it is read again: its name, its channel, and when it is archived. */
export async function expectAutoArchive(state: ChatState, thread: string, minutes: number): Promise<void> {
  const chat = await discordOf(state)
  const { id } = state.places.recall(thread)
  const channel = contract.thread.parse(await chat.client.channel(id))
  const begins = channel.name.startsWith(`${thread} ${chat.access.runId}`)
  expect(begins, `whether the thread is named "${thread}": ${channel.name}`).to.equal(true)
  const expected = await chat.expectedThread({ id: (await chat.channel()).id, message: id })
  const settings = { ...expected, name: channel.name, auto_archive_duration: minutes }
  expect(threadOf(channel), 'the settings of the thread').to.deep.equal(settings)
}

export async function limit(state: ChatState, messages: number, milliseconds: number): Promise<void> {
  await limitMessages(await discordOf(state), messages, milliseconds)
}

/** All at once, as fast as the rate limits allow. */
export async function sendMany(state: ChatState, count: number): Promise<void> {
  const chat = await discordOf(state)
  const { access } = state.world
  const place = await chat.channel()
  const creation = { by: BOT, data: await journalData(chat, place) }
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const text = access.unique(`Line ${at + 1}`)
      const expected = expectationOf(chat, { by: BOT, place, content: plain(text) })
      const post = () => chat.send(place, plain(text))
      const message = await access.undo.create('discord.message', text, creation, post, (id) => readSent(chat, place, id))
      await rememberSent(state, text, { expected, message })
    }),
  )
}

const PAGE = 100

/** Every message that was sent, once, and no other of this run. */
export async function expectAllSent(state: ChatState, count: number): Promise<void> {
  const chat = await discordOf(state)
  const sent = state.sent.all()
  const there = await since(chat, await chat.channel(), Math.min(...sent.map(({ message }) => message.sentAt)))
  const own = there.filter((text) => text.includes(chat.access.runId))
  expect(sent.length, 'the number of messages sent').to.equal(count)
  expect(own.sort(), 'the messages of this run in the channel').to.deep.equal(sent.map(({ expected }) => expected.text).sort())
}

/** @param instant epoch milliseconds: live, a channel has a longer history than is read here */
async function since(chat: DiscordChat, place: ChatPlace, instant: number): Promise<string[]> {
  const texts: string[] = []
  for (let before: ChatMessage | undefined, page: ChatMessage[] = []; ; before = page.at(-1)) {
    page = await chat.history(place, { limit: PAGE, ...(before ? { before } : {}) })
    texts.push(...page.map(({ text }) => text))
    const oldest = page.at(-1)
    if (!oldest || oldest.sentAt < instant) return texts
  }
}
