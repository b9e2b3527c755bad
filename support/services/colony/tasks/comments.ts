import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { allAtOnce } from '../../../http/concurrency'
import type { ServiceAccess } from '../../service'
import { ColonyClient } from '../client/client'
import type { Comment, Post } from '../contract'
import { everyPage, gathered, walkByPage } from '../pages'
import type { ColonyState } from '../state'
import { writePost } from './posts'

/** More than one page of comments. */
export const LONG_THREAD = 21

interface NewComment {
  by: string
  postId: string
  text: string
  parentId?: string | undefined
}

async function write(access: ServiceAccess, colony: ColonyClient, { by, postId, text, parentId }: NewComment): Promise<Comment> {
  const data = { account: await colony.accountId(), post: postId }
  return access.undo.create('colony.comment', access.unique(text), { by, data }, (body) =>
    colony.createComment(postId, body, parentId),
  )
}

export async function comment(state: ColonyState, by: string, text: string, title: string): Promise<void> {
  const post = state.posts.recall(title)
  const made = await write(state.world.access, await state.as(by), { by, postId: post.id, text })
  expect(made, 'the comment as answered').to.include({ post_id: post.id, parent_id: null })
  state.comments.remember(text, made)
}

/** For scenarios that need just a comment: live the run has one for all, since an account may write few. */
export async function haveComment(state: ColonyState, by: string, text: string, title: string): Promise<void> {
  const { access } = state.world
  if (!access.isLive) return comment(state, by, text, title)
  state.posts.remember(title, await access.once<Post>('post', by))
  state.comments.remember(text, await access.once<Comment>('comment', by))
}

export async function writeShared(access: ServiceAccess, colony: ColonyClient, by: string): Promise<Comment> {
  const post = await access.once<Post>('post', by)
  return write(access, colony, { by, postId: post.id, text: 'A remark to talk about' })
}

export async function reply(state: ColonyState, by: string, text: string, to: string): Promise<void> {
  const parent = state.comments.recall(to)
  const made = await write(state.world.access, await state.as(by), { by, postId: parent.post_id, text, parentId: parent.id })
  state.comments.remember(text, made)
}

/** Reads the first page only. */
export async function expectOnFirstPage(state: ColonyState, who: string, text: string): Promise<void> {
  const colony = await state.as(who)
  const wanted = state.comments.recall(text)
  await eventually(async () => {
    const { items } = await colony.comments(wanted.post_id)
    const found = items.find(({ id }) => id === wanted.id)
    expect(found, `the comment "${text}" on the first page`).to.not.equal(undefined)
    expect(found?.body, 'its text').to.equal(wanted.body)
    expect(found?.author.username, 'its author').to.equal(wanted.author.username)
  })
}

/** Reads all pages. */
export async function expectBelow(state: ColonyState, who: string, text: string, title: string): Promise<void> {
  const colony = await state.as(who)
  const post = state.posts.recall(title)
  const wanted = state.comments.recall(text)
  await eventually(async () => {
    const all = await everyPage((page) => colony.comments(post.id, { page }))
    expect(
      all.map(({ body }) => body),
      `what stands below "${title}"`,
    ).to.include(wanted.body)
  })
}

export async function expectReplyTo(state: ColonyState, who: string, text: string, to: string): Promise<void> {
  const colony = await state.as(who)
  const wanted = state.comments.recall(text)
  const parent = state.comments.recall(to)
  await eventually(async () => {
    const all = await everyPage((page) => colony.comments(parent.post_id, { page }))
    expect(
      all.find(({ id }) => id === wanted.id),
      'the reply',
    ).to.include({ parent_id: parent.id, body: wanted.body })
  })
}

/** A thread of more than one page, written by all the writers at the same time; live the run has one for all. */
export async function haveLongThread(state: ColonyState, writers: readonly string[], title: string): Promise<void> {
  const { access } = state.world
  const post = access.isLive
    ? await access.once<Post>('thread')
    : await writeThread(access, await allOf(writers, (who) => state.as(who)))
  state.posts.remember(title, post)
}

/** The run's own, by everybody there is an account for. */
export async function writeSharedThread(access: ServiceAccess, writers: readonly string[]): Promise<Post> {
  return writeThread(access, await allOf(writers, (who) => ColonyClient.of(access, who)))
}

interface Writer {
  by: string
  colony: ColonyClient
}

function allOf(names: readonly string[], client: (name: string) => Promise<ColonyClient>): Promise<Writer[]> {
  return Promise.all(names.map(async (by) => ({ by, colony: await client(by) })))
}

/** The first writes the post. */
async function writeThread(access: ServiceAccess, writers: readonly Writer[]): Promise<Post> {
  const [first] = writers
  if (!first) throw new Error('Somebody must write.')
  const post = await writePost(access, first.colony, first.by, 'A long conversation')
  const remarks = Array.from({ length: LONG_THREAD }, async (_, at) => {
    const { by, colony } = writers[at % writers.length] ?? first
    return write(access, colony, { by, postId: post.id, text: `Remark ${at + 1}` })
  })
  await allAtOnce(remarks)
  return post
}

export async function readComments(state: ColonyState, who: string, title: string, atMost?: number): Promise<void> {
  const colony = await state.as(who)
  const post = state.posts.recall(title)
  state.remarks = await gathered(walkByPage((page) => colony.comments(post.id, { page }), atMost))
}

export function expectRemarks(state: ColonyState, count: number): void {
  expect(state.remarks, 'the comments shown').to.have.length(count)
}

export function expectWholeThread(state: ColonyState): void {
  expect(state.remarks.length, 'the comments shown').to.equal(LONG_THREAD)
  expect(new Set(state.remarks.map(({ id }) => id)).size, 'different comments').to.equal(state.remarks.length)
  const times = state.remarks.map(({ created_at }) => Date.parse(created_at))
  expect(times, 'oldest first').to.deep.equal([...times].sort((a, b) => a - b))
}

/** A post that never was has no comments, or is not found; nothing else will do. */
export async function expectNoCommentsOn(state: ColonyState, who: string, postId: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(async () => expect((await colony.comments(postId)).items, 'its comments').to.deep.equal([]))
  const refusal = state.world.takeRefusal()
  if (refusal) expect(refusal.status, refusal.message).to.be.oneOf([404, 422])
}
