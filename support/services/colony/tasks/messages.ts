import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { type Identity, identityOf } from '../client/client'
import { replayKey } from '../client/idempotency'
import type { Message } from '../contract'
import type { ColonyState, SentMessage } from '../state'
import { expectAuthor, expectDescending, expectDifferent, expectTime } from './checks'

/** Reads the recipient's number of unread messages first, so that the new one can be counted. */
export async function send(state: ColonyState, who: string, text: string, whom: string): Promise<void> {
  const { undo, access } = state.world
  const sender = await state.as(who)
  const { username } = await state.identity(whom)
  if (!state.unread.has(whom)) state.unread.set(whom, await unreadBefore(state, whom))
  const body = access.unique(text)
  const at = Date.now()
  const made = await undo.create('colony.message', body, { by: who }, () => sender.inbox.send(username, body, replayKey(body)))
  const sent: SentMessage = { id: made.id, conversationId: made.conversation_id, body, by: who, to: whom, at }
  await expectSent(state, made, sent)
  expect(made.is_read, 'whether a message just sent is read').to.equal(false)
  state.messages.remember(text, sent)
}

/** A person whom a sandbox has just made has no messages yet. */
async function unreadBefore(state: ColonyState, who: string): Promise<number> {
  const unread = await (await state.as(who)).inbox.unreadMessages()
  if (!state.world.access.isLive) expect(unread, `unread messages of ${who}, who is new`).to.equal(0)
  return unread
}

async function expectSent(state: ColonyState, received: Message, sent: SentMessage): Promise<void> {
  const sender = await state.identity(sent.by)
  expect(received.id, 'the id of the message').to.equal(sent.id)
  expect(received.body, 'the text of the message').to.equal(sent.body)
  if (received.is_deleted !== undefined) expect(received.is_deleted, 'whether the message is deleted').to.equal(false)
  expectAuthor(received.sender, sender, 'the message')
  const { read_at, is_read } = received
  if (read_at !== undefined) expect(read_at !== null, 'whether it was read at some time').to.equal(is_read)
  if (read_at != null) expectTime(read_at, Date.now(), 'when the message was read')
  expect(received.conversation_id, 'the conversation the message is in').to.equal(sent.conversationId)
  expectTime(received.created_at, sent.at, 'the sending of the message')
  if (sent.editedAt === undefined) expect(received.edited_at ?? null, 'when the message was edited').to.equal(null)
  else expectTime(received.edited_at, sent.editedAt, 'the edit of the message')
}

export async function tryToSend(state: ColonyState, who: string, whom: string): Promise<void> {
  const sender = await state.as(who)
  const { username } = await state.identity(whom)
  await state.world.attempt(() => sender.inbox.send(username, 'Can you repeat the benchmark?'))
}

/** Afterwards the message has its new text as name. */
export async function editMessage(state: ColonyState, who: string, text: string, newText: string): Promise<void> {
  const { inbox } = await state.as(who)
  const edited = { ...state.messages.recall(text), body: state.world.access.unique(newText), editedAt: Date.now() }
  const response = await inbox.edit(edited.id, edited.body)
  await expectSent(state, response, edited)
  expect(response.is_read, 'whether the message is read before its recipient reads it').to.equal(false)
  state.messages.remember(newText, edited)
}

export async function deleteMessage(state: ColonyState, who: string, text: string): Promise<void> {
  await (await state.as(who)).inbox.deleteMessage(state.messages.recall(text).id)
}

/** An entry without its text is left of a deleted message. */
export async function expectDeleted(state: ColonyState, reader: string, text: string): Promise<void> {
  const sent = state.messages.recall(text)
  const { inbox } = await state.as(reader)
  const { username } = await state.identity(reader === sent.by ? sent.to : sent.by)
  await eventually(async () => {
    const { messages } = await inbox.conversationWith(username)
    const left = messages.find(({ id }) => id === sent.id)
    expect(left?.is_deleted, 'whether the message is marked as deleted').to.equal(true)
    expect(
      messages.filter(({ body }) => body.includes(sent.body)),
      'messages with its text',
    ).to.deep.equal([])
  })
}

export async function tryToEditMessage(state: ColonyState, who: string, text: string): Promise<void> {
  const { inbox } = await state.as(who)
  await state.world.attempt(() => inbox.edit(state.messages.recall(text).id, 'An edit that is refused'))
}

/** Messages are never removed, so that no undo depends on their age. */
export async function ageMessage(state: ColonyState, text: string, minutes: number): Promise<void> {
  await state.world.access.control?.post(`/age/${state.messages.recall(text).id}`, { minutes })
}

async function archive(state: ColonyState, who: string, whom: string): Promise<void> {
  const colony = await state.as(who)
  const { username } = await state.identity(whom)
  const data = { account: await colony.accountId(), username }
  await state.world.undo.create('colony.archive', `${who} archived ${whom}`, { by: who, data }, async () => {
    await colony.inbox.archive(username)
    return { id: username }
  })
}

async function unarchive(state: ColonyState, who: string, whom: string): Promise<void> {
  await (await state.as(who)).inbox.unarchive((await state.identity(whom)).username)
}

/** Older messages of the conversation that were unread count as read from then on, too. */
export async function markConversationRead(state: ColonyState, who: string, whom: string): Promise<void> {
  const { inbox } = await state.as(who)
  const { id, username } = await state.identity(whom)
  const listed = (await inbox.conversations()).find(({ other_user }) => other_user.id === id)
  const own = allSent(state).filter(({ to }) => to === who).length
  state.unread.set(who, (state.unread.get(who) ?? 0) - ((listed?.unread_count ?? own) - own))
  await inbox.markConversationRead(username)
}

export async function listConversations(state: ColonyState, who: string): Promise<void> {
  state.conversations = await (await state.as(who)).inbox.conversations()
}

export function expectSorted({ conversations }: ColonyState): void {
  expectDifferent(
    conversations.map(({ id }) => id),
    'conversations',
  )
  expectDescending(
    conversations.map(({ last_message_at }) => Date.parse(last_message_at)),
    'the latest message of each conversation',
  )
}

/** Both sides find the message once in the conversation with the other; it is read once its recipient has seen it. */
export async function expectMessage(state: ColonyState, reader: string, text: string): Promise<void> {
  const sent = state.messages.recall(text)
  const other = await state.identity(reader === sent.by ? sent.to : sent.by)
  const read = async (isRead: boolean | undefined): Promise<void> => {
    const message = await messageIn(state, reader, other, sent)
    await expectSent(state, message, sent)
    if (isRead !== undefined) expect(message.is_read, `whether the message is read, when ${reader} reads it`).to.equal(isRead)
  }
  if (reader === sent.by) return eventually(() => read(false))
  await eventually(() => read(undefined))
  return eventually(() => read(true))
}

/** An edited message is known by both its texts. */
function allSent({ messages }: ColonyState): SentMessage[] {
  return [...new Map(messages.all().map((one) => [one.id, one])).values()]
}

async function messageIn(state: ColonyState, reader: string, other: Identity, sent: SentMessage): Promise<Message> {
  const { inbox } = await state.as(reader)
  const { id, other_user, messages } = await inbox.conversationWith(other.username)
  expect(id, 'the id of the conversation').to.equal(sent.conversationId)
  expect(identityOf(other_user), 'whom the conversation is with').to.deep.equal(other)
  expectDifferent(
    messages.map((message) => message.id),
    'messages',
  )
  const found = messages.filter((message) => message.id === sent.id || message.body === sent.body)
  const [message] = found
  if (!message || found.length > 1) expect.fail(`"${sent.body}" is ${found.length} times among what ${reader} reads`)
  if (!state.world.access.isLive) expect(messages, 'messages of the conversation').to.have.length(allSent(state).length)
  return message
}

export async function expectMoreUnread(state: ColonyState, who: string, count: number): Promise<void> {
  const { inbox } = await state.as(who)
  const before = state.unread.get(who) ?? 0
  await eventually(async () => expect(await inbox.unreadMessages(), 'unread messages').to.equal(before + count))
}

/** Earlier messages of the conversation, which were unread before the scenario, are read as well. */
export async function expectAllRead(state: ColonyState, who: string, other: string): Promise<void> {
  const { inbox } = await state.as(who)
  const { id } = await state.identity(other)
  const sent = allSent(state).filter(({ to }) => to === who)
  const before = state.unread.get(who) ?? 0
  await eventually(async () => {
    const [conversation, ...more] = (await inbox.conversations()).filter(({ other_user }) => other_user.id === id)
    expect(more, `further conversations of ${who} with ${other}`).to.deep.equal([])
    expect(conversation?.id, 'the id of the conversation').to.equal(sent.at(-1)?.conversationId)
    expect(conversation?.unread_count, 'unread messages of it').to.equal(0)
    expect(await inbox.unreadMessages(), 'unread messages of all conversations').to.be.at.most(before)
  })
}

/** Where it is not listed it is archived, which is another list. */
export async function expectConversationListed(state: ColonyState, who: string, other: string, isListed: boolean): Promise<void> {
  const { inbox } = await state.as(who)
  const partner = await state.identity(other)
  const { id } = partner
  const sent = allSent(state)
  const at = Math.max(...sent.map((message) => message.at))
  const latest = sent.at(-1)
  const conversationId = latest?.conversationId
  const unread = sent.filter(({ to }) => to === who).length
  await eventually(async () => {
    const listed = (await inbox.conversations()).filter(({ other_user }) => other_user.id === id)
    expect(listed, `the conversation of ${who} with ${other} in the list`).to.have.length(isListed ? 1 : 0)
    const all = isListed ? listed : await inbox.conversations({ include_archived: true })
    const found = all.find(({ other_user }) => other_user.id === id)
    if (!found) expect.fail(`the conversation of ${who} with ${other} is in no list`)
    expect(identityOf(found.other_user), 'whom the conversation is with').to.deep.equal(partner)
    expect(found.id, 'the id of the conversation').to.equal(conversationId)
    if (found.is_archived !== undefined) expect(found.is_archived, 'whether it is archived').to.equal(!isListed)
    expectTime(found.last_message_at, at, 'the latest message')
    // Live, other scenarios write in the same conversation.
    if (state.world.access.isLive) return
    expect(found.unread_count, `messages that ${who} has not read`).to.equal(unread)
    if (found.last_message_preview != null)
      expect(latest?.body, 'the latest message').to.match(startOf(found.last_message_preview))
  })
}

/** A preview is the beginning of a message, and not empty. */
function startOf(preview: string): RegExp {
  return new RegExp(`^${preview.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') || '(?!)'}`)
}

export function changeArchive(state: ColonyState, who: string, act: 'archive' | 'unarchive', whom: string): Promise<void> {
  return act === 'archive' ? archive(state, who, whom) : unarchive(state, who, whom)
}
