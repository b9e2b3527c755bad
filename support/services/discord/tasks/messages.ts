import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { ChatMessage, ChatPlace } from '../../../chat/adapter'
import { journalData } from '../../../chat/proof'
import type { ChatState } from '../../../chat/state'
import { BOT } from '../../../chat/tasks/send'
import type { DiscordChat } from '../adapter'
import { limitMessages } from '../control'
import { messageOf } from '../parse'
import { discordOf } from './gateway'

/** Replies to a message that may be gone: Discord then takes it for an ordinary one. */
export async function replyAllTheSame(state: ChatState, text: string, answer: string): Promise<void> {
  const chat = await discordOf(state)
  const { access } = state.world
  const { message: original } = state.said.recall(text)
  const creation = { by: BOT, data: await journalData(chat, original.place) }
  const message = await access.undo.create('discord.message', access.unique(answer), creation, async (content) => {
    const message_reference = { message_id: original.id, fail_if_not_exists: false }
    const made = await chat.client.createMessage(original.place.id, {
      content,
      allowed_mentions: { parse: [] },
      message_reference,
    })
    return messageOf(made, original.place)
  })
  state.said.remember(answer, { by: BOT, content: [{ kind: 'text', text: message.text }], message })
}

/** Where the message stands no reply any more, but words of its own. */
export async function expectNoReply(state: ChatState, text: string): Promise<void> {
  const chat = await discordOf(state)
  const { message } = state.said.recall(text)
  const there = await chat.read(message.place, message.id)
  expect(there?.text, 'what it says').to.equal(message.text)
  expect(there?.replyTo, 'what it is a reply to').to.equal(undefined)
}

export async function expectThreadSeen(state: ChatState, text: string, thread: string): Promise<void> {
  const chat = await discordOf(state)
  const { message } = state.said.recall(text)
  const { id } = state.threads.recall(thread)
  await eventually(async () => {
    const there = await chat.client.message(message.place.id, message.id)
    expect(there.thread?.id, `the thread that "${text}" reports`).to.equal(id)
  })
}

const HOUR = 60

export async function expectClosesAfterAnHour(state: ChatState, thread: string): Promise<void> {
  const chat = await discordOf(state)
  const channel = await chat.client.channel(state.threads.recall(thread).id)
  expect(channel.name, 'the name of the thread').to.include(thread)
  expect(channel.thread_metadata, 'when it is archived').to.include({ auto_archive_duration: HOUR, archived: false })
}

export async function readAround(state: ChatState, limit: number, text: string): Promise<void> {
  const chat = await discordOf(state)
  const { message } = state.said.recall(text)
  const found = await chat.client.messages(message.place.id, { limit, around: message.id })
  state.shown = found.map((one) => messageOf(one, message.place))
}

export async function limit(state: ChatState, messages: number, milliseconds: number): Promise<void> {
  await limitMessages(await discordOf(state), messages, milliseconds)
}

/** All at once, as fast as the buckets let them through. */
export async function flood(state: ChatState, count: number): Promise<void> {
  const chat = await discordOf(state)
  const { access } = state.world
  const place = await chat.channel()
  const creation = { by: BOT, data: await journalData(chat, place) }
  await Promise.all(
    Array.from({ length: count }, (_, at) => {
      return access.undo.create('discord.message', access.unique(`Drop ${at + 1}`), creation, async (text) => {
        const message = await chat.send(place, [{ kind: 'text', text }])
        state.said.remember(text, { by: BOT, content: [{ kind: 'text', text }], message })
        return message
      })
    }),
  )
}

const PAGE = 100

/** Every one that was sent is there, once, and nothing else of this run. */
export async function expectAllThere(state: ChatState, count: number): Promise<void> {
  const chat = await discordOf(state)
  const sent = state.said.all().map(({ message }) => message)
  const there = await since(chat, await chat.channel(), Math.min(...sent.map(({ sentAt }) => sentAt)))
  const own = there.filter((text) => text.includes(chat.access.runId))
  expect(sent.length, 'how many were sent').to.equal(count)
  expect(own.sort(), 'what stands in the channel').to.deep.equal(sent.map(({ text }) => text).sort())
}

/** @param instant epoch milliseconds: live, a channel goes back further than anybody wants to read */
async function since(chat: DiscordChat, place: ChatPlace, instant: number): Promise<string[]> {
  const texts: string[] = []
  for (let before: ChatMessage | undefined, page: ChatMessage[] = []; ; before = page.at(-1)) {
    page = await chat.history(place, { limit: PAGE, ...(before ? { before } : {}) })
    texts.push(...page.map(({ text }) => text))
    const oldest = page.at(-1)
    if (!oldest || oldest.sentAt < instant) return texts
  }
}
