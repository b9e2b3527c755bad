import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { MissingOptional } from '../../../config/errors'
import type { Notification } from '../contract'
import type { ColonyState } from '../state'
import { comment } from './comments'
import { havePost } from './posts'

const SECOND = 'COLONY_TEST_API_KEY_2'
const NEWEST = 'the newest notification'

export async function writeTo(state: ColonyState, who: string, text: string, whom: string): Promise<void> {
  const sender = await state.as(who)
  const { username } = await (await state.as(whom)).me()
  const { undo, access } = state.world
  const sent = await undo.create('colony.message', access.unique(text), { by: who }, (body) => sender.inbox.send(username, body))
  expect(sent.body, 'the message as answered').to.include(text)
  state.messages.remember(text, sent.body)
}

export async function tryToWriteTo(state: ColonyState, who: string, whom: string): Promise<void> {
  const sender = await state.as(who)
  const { username } = await (await state.as(whom)).me()
  await state.world.attempt(() => sender.inbox.send(username, 'May I write to you?'))
}

export async function expectMessage(state: ColonyState, reader: string, text: string, other: string): Promise<void> {
  const { inbox } = await state.as(reader)
  const { username } = await (await state.as(other)).me()
  await eventually(async () => {
    const bodies = (await inbox.conversationWith(username)).map(({ body }) => body)
    expect(bodies, `what ${reader} reads in the conversation with ${other}`).to.include(state.messages.recall(text))
  })
}

export async function expectUnreadMessages(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  await eventually(async () => expect(await inbox.unreadMessages(), 'unread messages').to.be.at.least(1))
}

export async function expectConversation(state: ColonyState, who: string, other: string): Promise<void> {
  const { inbox } = await state.as(who)
  const { username } = await (await state.as(other)).me()
  await eventually(async () => {
    const names = (await inbox.conversations()).map(({ other_user }) => other_user.username)
    expect(names, `whom ${who} has talked to`).to.include(username)
  })
}

export async function expectConversations(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const times = (await inbox.conversations()).map(({ last_message_at }) => Date.parse(last_message_at))
  expect(times, 'when each was written to last').to.deep.equal([...times].sort((a, b) => b - a))
}

/** Any will do; where there is none Ben brings one about, if he is there. */
export async function haveNotification(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const { access } = state.world
  if ((await inbox.notifications({ limit: 1 })).length > 0) return
  if (access.isLive && access.setting(SECOND) === undefined)
    throw new MissingOptional('the inbox is empty', `${SECOND}, so that somebody can write to ${who}`)
  await havePost(state, who, 'A post to comment on')
  await comment(state, 'Ben', 'Is it wool?', 'A post to comment on')
  await expectUnreadNotification(state, who)
}

export async function readAllNotifications(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const [newest] = await inbox.notifications({ limit: 1 })
  state.messages.remember(NEWEST, newest?.id ?? 'none')
  await inbox.readAll()
}

/** Others may have reacted since all were marked as read: whatever is still unread must have come after that. */
export async function expectNoneUnread(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const newest = state.messages.recall(NEWEST)
  await eventually(async () => {
    const all = await inbox.notifications({ limit: 100 })
    const marked = all.findIndex(({ id }) => id === newest)
    const [later, earlier] = marked === -1 ? [all, []] : [all.slice(0, marked), all.slice(marked)]
    expect(earlier.filter(isUnread), 'unread notifications among those marked').to.deep.equal([])
    expect(await inbox.unreadNotifications(), 'unread notifications').to.equal(later.filter(isUnread).length)
  })
}

function isUnread({ is_read }: Notification): boolean {
  return !is_read
}

export async function readNewestNotification(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const [newest] = await inbox.notifications({ limit: 1 })
  if (!newest) throw new Error(`${who} has no notification to read.`)
  await inbox.readOne(newest.id)
  state.messages.remember(NEWEST, newest.id)
}

export async function expectReadNotification(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const id = state.messages.recall(NEWEST)
  await eventually(async () => {
    const found = (await inbox.notifications({ limit: 100 })).find((notification) => notification.id === id)
    expect(found?.is_read, 'the newest notification is read').to.equal(true)
  })
}

export async function expectUnreadNotification(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  await eventually(async () => expect(await inbox.unreadNotifications(), 'unread notifications').to.be.at.least(1))
}

export async function expectNotificationOf(state: ColonyState, who: string, text: string): Promise<void> {
  const { inbox } = await state.as(who)
  const { id, post_id } = state.comments.recall(text)
  await eventually(async () => {
    const unread = await inbox.notifications({ unread_only: true })
    const about = unread.map((notification) => ({ post: notification.post_id, comment: notification.comment_id }))
    expect(about, `what ${who} is notified of`).to.deep.include({ post: post_id, comment: id })
  })
}

export async function expectNotificationList(state: ColonyState, who: string, most: number): Promise<void> {
  const { inbox } = await state.as(who)
  const list = await inbox.notifications({ limit: most })
  expect(list.length, 'notifications shown').to.be.at.most(most)
  for (const one of await inbox.notifications({ unread_only: true }))
    expect(one.is_read, `notification ${one.id} among the unread`).to.equal(false)
}
