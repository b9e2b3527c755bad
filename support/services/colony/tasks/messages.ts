import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { replayKey } from '../client/idempotency'
import type { ColonyState, SentMessage } from '../state'
import { expectDescending, expectDifferent, expectTime } from './checks'

/** Reads the recipient's number of unread messages first, so that the new one can be counted. */
export async function send(state: ColonyState, who: string, text: string, whom: string): Promise<void> {
  const { undo, access } = state.world
  const sender = await state.as(who)
  const { username } = await state.identity(whom)
  if (!state.unread.has(whom)) state.unread.set(whom, await (await state.as(whom)).inbox.unreadMessages())
  const body = access.unique(text)
  const at = Date.now()
  const made = await undo.create('colony.message', body, { by: who }, () => sender.inbox.send(username, body, replayKey(body)))
  const sent: SentMessage = { id: made.id, body, by: who, to: whom, at }
  await expectSent(state, made, sent)
  state.messages.remember(text, sent)
}

interface Received {
  id: string
  body: string
  sender: { id: string; username: string }
  created_at: string
}

async function expectSent(state: ColonyState, received: Received, sent: SentMessage): Promise<void> {
  const sender = await state.identity(sent.by)
  expect(received.id, 'the id of the message').to.equal(sent.id)
  expect(received.body, 'the text of the message').to.equal(sent.body)
  expect([received.sender.id, received.sender.username], 'the sender').to.deep.equal([sender.id, sender.username])
  expectTime(received.created_at, sent.at, 'the sending of the message')
}

export async function tryToSend(state: ColonyState, who: string, whom: string): Promise<void> {
  const sender = await state.as(who)
  const { username } = await state.identity(whom)
  await state.world.attempt(() => sender.inbox.send(username, 'Can you repeat the benchmark?'))
}

/** Afterwards the message has its new text as name. */
export async function editMessage(state: ColonyState, who: string, text: string, newText: string): Promise<void> {
  const { inbox } = await state.as(who)
  const edited = { ...state.messages.recall(text), body: state.world.access.unique(newText) }
  const at = Date.now()
  const response = await inbox.edit(edited.id, edited.body)
  await expectSent(state, response, edited)
  expectTime(response.edited_at, at, 'the edit of the message')
  state.messages.remember(newText, edited)
}

export async function tryToEditMessage(state: ColonyState, who: string, text: string): Promise<void> {
  const { inbox } = await state.as(who)
  await state.world.attempt(() => inbox.edit(state.messages.recall(text).id, 'An edit that is refused'))
}

/** Messages are never removed, so that no undo depends on their age. */
export async function ageMessage(state: ColonyState, text: string, minutes: number): Promise<void> {
  await state.world.access.control?.post(`/age/${state.messages.recall(text).id}`, { minutes })
}

export async function archive(state: ColonyState, who: string, whom: string): Promise<void> {
  const colony = await state.as(who)
  const { username } = await state.identity(whom)
  const data = { account: await colony.accountId(), username }
  await state.world.undo.create('colony.archive', `${who} archived ${whom}`, { by: who, data }, async () => {
    await colony.inbox.archive(username)
    return { id: username }
  })
}

export async function unarchive(state: ColonyState, who: string, whom: string): Promise<void> {
  await (await state.as(who)).inbox.unarchive((await state.identity(whom)).username)
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

/** Both sides find the message once in the conversation with the other. */
export async function expectMessage(state: ColonyState, reader: string, text: string): Promise<void> {
  const sent = state.messages.recall(text)
  const { inbox } = await state.as(reader)
  const other = await state.identity(reader === sent.by ? sent.to : sent.by)
  await eventually(async () => {
    const { other_user, messages } = await inbox.conversationWith(other.username)
    expect([other_user.id, other_user.username], 'whom the conversation is with').to.deep.equal([other.id, other.username])
    const found = messages.filter(({ id, body }) => id === sent.id || body === sent.body)
    expect(found, `"${text}" among what ${reader} reads`).to.have.length(1)
    for (const message of found) await expectSent(state, message, sent)
  })
}

export async function expectMoreUnread(state: ColonyState, who: string, count: number): Promise<void> {
  const { inbox } = await state.as(who)
  const before = state.unread.get(who) ?? 0
  await eventually(async () => expect(await inbox.unreadMessages(), 'unread messages').to.equal(before + count))
}

/** Where it is not listed it is archived, which is another list. */
export async function expectConversationListed(state: ColonyState, who: string, other: string, isListed: boolean): Promise<void> {
  const { inbox } = await state.as(who)
  const { id, username } = await state.identity(other)
  const at = Math.max(...state.messages.all().map((message) => message.at))
  await eventually(async () => {
    const listed = (await inbox.conversations()).filter(({ other_user }) => other_user.id === id)
    expect(listed, `the conversation of ${who} with ${other} in the list`).to.have.length(isListed ? 1 : 0)
    const all = isListed ? listed : await inbox.conversations({ include_archived: true })
    const found = all.find(({ other_user }) => other_user.id === id)
    expect(found?.other_user.username, 'whom the conversation is with').to.equal(username)
    if (found?.is_archived !== undefined) expect(found.is_archived, 'whether it is archived').to.equal(!isListed)
    expectTime(found?.last_message_at, at, 'the latest message')
  })
}

export function changeArchive(state: ColonyState, who: string, act: 'archive' | 'unarchive', whom: string): Promise<void> {
  return act === 'archive' ? archive(state, who, whom) : unarchive(state, who, whom)
}
