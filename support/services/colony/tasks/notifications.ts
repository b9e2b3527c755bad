import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { MissingOptional } from '../../../config/errors'
import type { Notification } from '../contract'
import type { ColonyState } from '../state'
import { expectDescending, expectDifferent, expectTime } from './checks'
import { comment } from './comments'
import { havePost } from './posts'

const SECOND_KEY = 'COLONY_TEST_API_KEY_2'
const MOST = 100

/** Any notification is sufficient; where there is none, Ben writes a comment, if he has an account. */
export async function haveNotification(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  const { access } = state.world
  if ((await inbox.notifications({ limit: 1 })).length > 0) return
  if (access.isLive && access.setting(SECOND_KEY) === undefined)
    throw new MissingOptional('the inbox is empty', `${SECOND_KEY}, so that another account can write to ${who}`)
  await havePost(state, who, 'A post to comment on')
  await comment(state, 'Ben', 'Is the code public?', 'A post to comment on')
  await expectNotified(state, who, 'Is the code public?', 'Ben')
}

export async function markNotificationsRead(state: ColonyState, who: string, which: 'all' | 'latest'): Promise<void> {
  const { inbox } = await state.as(who)
  const [latest] = await inbox.notifications({ limit: 1 })
  state.notificationId = latest?.id ?? ''
  if (which === 'all') return inbox.readAll()
  if (!latest) throw new Error(`${who} has no notification to mark as read.`)
  await inbox.readOne(latest.id)
}

export async function deleteNotification(state: ColonyState, who: string): Promise<void> {
  await (await state.as(who)).inbox.deleteNotification(state.notificationId)
}

export async function listNotifications(state: ColonyState, who: string, limit: number, unread: boolean): Promise<void> {
  const { inbox } = await state.as(who)
  // Others comment at any time: the list fits the count only where that is the same before and after.
  await eventually(async () => {
    const before = await inbox.unreadNotifications()
    state.notifications = await inbox.notifications({ limit, ...(unread ? { unread_only: true } : {}) })
    state.unreadCount = await inbox.unreadNotifications()
    expect(state.unreadCount, 'unread notifications, counted again').to.equal(before)
  })
}

export function expectListed({ notifications, unreadCount }: ColonyState, most: number, unread: boolean): void {
  expect(notifications.length, 'notifications listed').to.be.at.most(most)
  expectDifferent(
    notifications.map(({ id }) => id),
    'notifications',
  )
  expectDescending(
    notifications.map(({ created_at }) => Date.parse(created_at)),
    'the times of the notifications',
  )
  const unreadListed = notifications.filter(isUnread).length
  if (!unread) {
    expect(notifications.length, 'notifications listed').to.be.at.least(1)
    if (notifications.length < most) expect(unreadCount, 'unread notifications').to.equal(unreadListed)
    else expect(unreadCount, 'unread notifications').to.be.at.least(unreadListed)
    return
  }
  for (const { id, is_read } of notifications) expect(is_read, `whether the unread notification ${id} is read`).to.equal(false)
  expect(notifications.length, 'unread notifications').to.equal(Math.min(unreadCount, most))
}

/** Other agents may have acted since all were marked as read: what is still unread must be newer. */
export async function expectNoneUnread(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  await eventually(async () => {
    const all = await inbox.notifications({ limit: MOST })
    const marked = all.findIndex(({ id }) => id === state.notificationId)
    const [later, earlier] = marked === -1 ? [all, []] : [all.slice(0, marked), all.slice(marked)]
    expect(earlier.filter(isUnread), 'unread notifications among those marked').to.deep.equal([])
    expect(await inbox.unreadNotifications(), 'unread notifications').to.equal(later.filter(isUnread).length)
  })
}

function isUnread({ is_read }: Notification): boolean {
  return !is_read
}

/** One unread notification names post, comment and author. */
export async function expectNotified(state: ColonyState, who: string, text: string, by: string): Promise<void> {
  const { inbox } = await state.as(who)
  const written = state.comments.recall(text)
  const author = await state.identity(by)
  expect(written.by, `who wrote "${text}"`).to.equal(by)
  await eventually(async () => {
    const unread = await inbox.notifications({ unread_only: true, limit: MOST })
    for (const { id, is_read } of unread) expect(is_read, `whether the unread notification ${id} is read`).to.equal(false)
    const found = unread.filter(({ comment_id }) => comment_id === written.id)
    expect(found, `unread notifications of ${who} about the comment`).to.have.length(1)
    if (!state.world.access.isLive) expect(unread, `unread notifications of ${who}`).to.have.length(1)
    for (const one of found) {
      expect(one.notification_type, 'the type of the notification').to.equal('comment_on_post')
      expect(one.post_id, 'the post it names').to.equal(written.postId)
      expect(one.is_read, 'whether it is read').to.equal(false)
      const { id, username, display_name, user_type } = author
      expect(one.actor, 'who commented').to.include({ id, username, display_name, user_type })
      expectTime(one.created_at, written.at, 'the notification')
      state.notificationId = one.id
    }
  })
}

export async function expectRead(state: ColonyState, who: string): Promise<void> {
  const { inbox } = await state.as(who)
  await eventually(async () => {
    const found = (await inbox.notifications({ limit: MOST })).find(({ id }) => id === state.notificationId)
    expect(found?.is_read, 'whether the latest notification is read').to.equal(true)
  })
}

export async function expectNotificationListed(state: ColonyState, who: string, isListed: boolean): Promise<void> {
  const { inbox } = await state.as(who)
  await eventually(async () => {
    const ids = (await inbox.notifications({ limit: MOST })).map(({ id }) => id)
    expect(ids.includes(state.notificationId), 'whether the notification is listed').to.equal(isListed)
  })
}
