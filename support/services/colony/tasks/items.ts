import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Removal } from '../../../http/client'
import { identityOf } from '../client/client'
import { readEach } from '../client/views'
import { colonyName } from '../known-colonies'
import type { ColonyState } from '../state'
import type { Act, Item, Markable } from '../words'
import { viewOwnProfile } from './account'
import { expectComment, expectFigures, expectPost } from './checks'
import { expectColonyListed, MISSING } from './colonies'
import { expectContextCounts, readComments } from './comments'
import {
  ageMessage,
  deleteMessage,
  editMessage,
  expectConversationListed,
  expectDeleted,
  expectMessage,
  listConversations,
  markConversationRead,
  tryToEditMessage,
} from './messages'
import { deleteNotification, expectNotificationListed, listNotifications, markNotificationsRead } from './notifications'
import { viewProfile } from './people'
import { LONGEST_TITLE } from './posts'
import { expectWebhookListed } from './webhooks'

const MOST_COLONIES = 200

function unknown(act: string, { kind }: Item): Error {
  return new Error(`No step can ${act} "${kind}".`)
}

/** The id of something the scenario named, or an unused id. */
export function idOf(state: ColonyState, item: Item): string {
  switch (item.kind) {
    case 'post':
    case 'context':
    case 'conversation':
    case 'poll results':
      return item.name === undefined ? MISSING : state.posts.recall(item.name).id
    case 'comment':
      return item.name === undefined ? MISSING : state.comments.recall(item.name).id
    case 'webhook':
      return item.name === undefined ? MISSING : state.webhooks.recall(item.name).id
    default:
      throw unknown('find the id of', item)
  }
}

/** Reads the item and keeps it for the checks. */
export async function read(state: ColonyState, who: string, item: Item): Promise<void> {
  const colony = await state.as(who)
  switch (item.kind) {
    case 'post':
      state.post = await colony.post(idOf(state, item))
      return
    case 'comment':
      state.comment = await colony.comment(idOf(state, item))
      return
    case 'context':
      state.post = await readContext(state, who, item)
      return
    case 'conversation':
      await colony.views.conversation(idOf(state, item))
      return
    case 'poll results':
      state.poll = await colony.views.pollResults(idOf(state, item))
      return
    case 'comments':
      return readComments(state, who, item.name, item.first)
    case 'colonies':
      state.colonies = await colony.people.colonies(MOST_COLONIES)
      return
    default:
      return readOfAccount(state, who, item)
  }
}

/** Things of one account. */
async function readOfAccount(state: ColonyState, who: string, item: Item): Promise<void> {
  if (item.kind === 'own profile') return viewOwnProfile(state, who)
  if (item.kind === 'profile') return viewProfile(state, who, item.name)
  if (item.kind === 'own conversations') return listConversations(state, who)
  if (item.kind === 'notifications') return listNotifications(state, who, item.first, item.unread)
  throw unknown('read', item)
}

/** The context also contains the author and the colony. */
async function readContext(state: ColonyState, who: string, item: Item) {
  const { views } = await state.as(who)
  const context = await views.context(idOf(state, item))
  const { post, author, colony } = context
  expect(identityOf(author), 'the author the context names').to.deep.equal(identityOf(post.author))
  expect(colony?.id ?? null, 'the colony the context names').to.equal(post.colony_id)
  if (colony) expect(colony.name, 'the name of the colony').to.equal(colonyName(colony.id) ?? colony.name)
  expectContextCounts(context, await state.identity(who))
  return post
}

export async function edit(state: ColonyState, who: string, item: Item, text: string): Promise<void> {
  const colony = await state.as(who)
  const { access } = state.world
  if (item.kind === 'message') return editMessage(state, who, item.name, text)
  if (item.kind === 'post' && item.name !== undefined) {
    const before = state.posts.recall(item.name)
    const changes = { title: access.unique(text, LONGEST_TITLE), body: `${text}, edited by the acceptance suite.` }
    const written = { ...before, ...changes, editedAt: Date.now() }
    const edited = await colony.updatePost(before.id, changes)
    expectPost(edited, written, await state.identity(before.by))
    expectFigures(state, edited)
    state.posts.remember(text, written)
    return
  }
  if (item.kind === 'comment' && item.name !== undefined) {
    const before = state.comments.recall(item.name)
    const written = { ...before, body: access.unique(text), editedAt: Date.now() }
    const edited = await colony.updateComment(before.id, written.body)
    expectComment(edited, written, await state.identity(before.by))
    expectFigures(state, edited)
    state.comments.remember(text, written)
    return
  }
  throw unknown('edit', item)
}

export async function remove(state: ColonyState, who: string, item: Item, removal: Removal = {}): Promise<void> {
  const colony = await state.as(who)
  if (item.kind === 'that notification') return deleteNotification(state, who)
  if (item.kind === 'message') return deleteMessage(state, who, item.name)
  if (item.kind === 'post') return colony.deletePost(idOf(state, item), removal)
  if (item.kind === 'comment') return colony.deleteComment(idOf(state, item), removal)
  if (item.kind === 'webhook') return colony.webhooks.remove(idOf(state, item), removal)
  throw unknown('delete', item)
}

export async function markRead(state: ColonyState, who: string, which: Markable): Promise<void> {
  return typeof which === 'string'
    ? markNotificationsRead(state, who, which)
    : markConversationRead(state, who, which.conversationWith)
}

export async function tryTo(state: ColonyState, who: string, act: Act, item: Item): Promise<void> {
  const colony = await state.as(who)
  if (act === 'read') return state.world.attempt(() => read(state, who, item))
  if (act === 'delete') return state.world.attempt(() => remove(state, who, item, { expectsRefusal: true }))
  if (item.kind === 'message') return tryToEditMessage(state, who, item.name)
  const id = idOf(state, item)
  const text = 'An edit that is refused'
  await state.world.attempt(() =>
    item.kind === 'post' ? colony.updatePost(id, { title: text }) : colony.updateComment(id, text),
  )
}

const NOT_FOUND: Readonly<Record<string, string>> = { post: 'POST_NOT_FOUND', comment: 'NOT_FOUND' }

export async function expectReadable(state: ColonyState, who: string, item: Item, isReadable: boolean): Promise<void> {
  if (!isReadable) return expectUnreadable(state, who, item)
  const colony = await state.as(who)
  if (item.kind === 'message') return expectMessage(state, who, item.name)
  await eventually(async () => {
    if (item.kind === 'post' && item.name !== undefined) {
      const written = state.posts.recall(item.name)
      const seen = await colony.post(written.id)
      expectPost(seen, written, await state.identity(written.by))
      expectFigures(state, seen)
    } else if (item.kind === 'comment' && item.name !== undefined) {
      const written = state.comments.recall(item.name)
      const seen = await colony.comment(written.id)
      expectComment(seen, written, await state.identity(written.by))
      expectFigures(state, seen)
    } else throw unknown('read', item)
  })
}

async function expectUnreadable(state: ColonyState, who: string, item: Item): Promise<void> {
  if (item.kind === 'message') return expectDeleted(state, who, item.name)
  await eventually(async () => {
    await state.world.attempt(() => read(state, who, item))
    const refusal = state.world.takeRefusal()
    expect(refusal && [refusal.status, refusal.code], `how reading the ${item.kind} is refused`).to.deep.equal([
      404,
      NOT_FOUND[item.kind],
    ])
  })
}

/** Requests existing items together with an unused id. */
export async function requestWithMissing(state: ColonyState, who: string, item: Item): Promise<void> {
  const colony = await state.as(who)
  const found =
    item.kind === 'profile'
      ? await readEach([(await state.identity(item.name ?? '')).id, MISSING], (id) => colony.people.user(id))
      : await readEach([idOf(state, item), MISSING], (id) => colony.post(id))
  state.returned = found.map(({ id }) => id)
}

export async function expectOnly(state: ColonyState, item: Item): Promise<void> {
  const id = item.kind === 'profile' ? (await state.identity(item.name ?? '')).id : idOf(state, item)
  expect(state.returned, 'what was returned').to.deep.equal([id])
}

export async function expectListed(state: ColonyState, who: string, item: Item, isListed: boolean): Promise<void> {
  if (item.kind === 'webhook') return expectWebhookListed(state, who, item.name ?? '', isListed)
  if (item.kind === 'colony') return expectColonyListed(state, item.name ?? '')
  if (item.kind === 'conversation with') return expectConversationListed(state, who, item.name, isListed)
  if (item.kind === 'that notification') return expectNotificationListed(state, who, isListed)
  throw unknown('list', item)
}

/** The sandbox makes something look older than it is. @param minutes how much older */
export async function age(state: ColonyState, item: Item, minutes: number): Promise<void> {
  if (item.kind === 'message') return ageMessage(state, item.name, minutes)
  const { undo, access } = state.world
  const id = idOf(state, item)
  const written =
    item.kind === 'post'
      ? state.posts.recall(item.name ?? '')
      : state.comments.recall(item.kind === 'comment' ? (item.name ?? '') : '')
  const text = 'title' in written ? written.title : written.body
  const { id: account } = await state.identity(written.by)
  const creation = { by: written.by, data: { account, kind: item.kind, minutes: String(minutes) } }
  await undo.create('colony.age', `${minutes} minutes on "${text}"`, creation, async () => {
    await access.control?.post(`/age/${id}`, { minutes })
    return { id }
  })
}
