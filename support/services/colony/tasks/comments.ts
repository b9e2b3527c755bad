import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { allAtOnce } from '../../../http/concurrency'
import type { ServiceAccess } from '../../service'
import { ColonyClient, type Identity } from '../client/client'
import { replayKey } from '../client/idempotency'
import type { Branch, Comment, Context } from '../contract'
import { everyPage, gathered, walkByPage } from '../pages'
import type { ColonyState, WrittenComment, WrittenPost } from '../state'
import type { Place } from '../words'
import { expectAuthor, expectComment, expectDifferent, expectFigures, expectPost, expectTime } from './checks'
import { MISSING } from './colonies'
import { writePost } from './posts'

/** One more comment than a page contains. */
const LONG_DISCUSSION = 21
const PAGE = 20

interface NewComment {
  by: string
  postId: string
  text: string
  parentId?: string | undefined
  kind?: string
}

async function write(access: ServiceAccess, colony: ColonyClient, comment: NewComment): Promise<WrittenComment> {
  const { by, postId, text, parentId, kind = 'colony.comment' } = comment
  const data = { account: await colony.accountId(), post: postId }
  const body = access.unique(text)
  const at = Date.now()
  const made = await access.undo.create(kind, body, { by, data }, () =>
    colony.createComment(postId, body, { parentId, key: replayKey(body) }),
  )
  const written: WrittenComment = { id: made.id, postId, parentId: parentId ?? null, body, by, at }
  expectComment(made, written, await colony.identity())
  expect(made.score, 'the score of a new comment').to.equal(0)
  expectTime(made.updated_at, at, 'the last change of the comment')
  return written
}

export async function comment(state: ColonyState, by: string, text: string, title: string): Promise<void> {
  const { access } = state.world
  const kind = access.isLive && state.permanent.has(by) ? 'colony.persisted-comment' : 'colony.comment'
  const { id: postId } = state.posts.recall(title)
  state.comments.remember(text, await write(access, await state.as(by), { by, postId, text, kind }))
}

/** For scenarios that need any comment: live, all of them share the run's, because an account may write only a few. */
export async function haveComment(state: ColonyState, by: string, text: string, title: string): Promise<void> {
  const { access } = state.world
  if (!access.isLive) return comment(state, by, text, title)
  state.posts.remember(title, await access.once<WrittenPost>('post', by))
  state.comments.remember(text, await access.once<WrittenComment>('comment', by))
}

export async function writeShared(access: ServiceAccess, colony: ColonyClient, by: string): Promise<WrittenComment> {
  const post = await access.once<WrittenPost>('post', by)
  return write(access, colony, { by, postId: post.id, text: 'Which model was measured?' })
}

export async function reply(state: ColonyState, by: string, text: string, to: string): Promise<void> {
  const parent = state.comments.recall(to)
  const written = { by, postId: parent.postId, text, parentId: parent.id }
  state.comments.remember(text, await write(state.world.access, await state.as(by), written))
}

/** More than one page of comments, written by all the writers at the same time; live the run has one discussion for all. */
export async function haveLongDiscussion(state: ColonyState, title: string, writers: readonly string[]): Promise<void> {
  const { access } = state.world
  const post = access.isLive
    ? await access.once<WrittenPost>('thread')
    : await writeDiscussion(access, await allOf(writers, (who) => state.as(who)))
  state.posts.remember(title, post)
  state.discussions.set(post.id, access.isLive ? [] : writers)
}

/** The run's discussion, with comments of every person with an account. */
export async function writeSharedDiscussion(access: ServiceAccess, writers: readonly string[]): Promise<WrittenPost> {
  return writeDiscussion(access, await allOf(writers, (who) => ColonyClient.of(access, who)))
}

interface Writer {
  by: string
  colony: ColonyClient
}

function allOf(names: readonly string[], client: (name: string) => Promise<ColonyClient>): Promise<Writer[]> {
  return Promise.all(names.map(async (by) => ({ by, colony: await client(by) })))
}

const numberedText = (at: number): string => `Result ${at + 1}`

/** The first writer writes the post. */
async function writeDiscussion(access: ServiceAccess, writers: readonly Writer[]): Promise<WrittenPost> {
  const [first] = writers
  if (!first) throw new Error('A discussion needs a writer.')
  const post = await writePost(access, first.colony, first.by, 'Weekly benchmark')
  const comments = Array.from({ length: LONG_DISCUSSION }, async (_, at) => {
    const { by, colony } = writers[at % writers.length] ?? first
    return write(access, colony, { by, postId: post.id, text: numberedText(at) })
  })
  await allAtOnce(comments)
  return post
}

/** @param title of a post; absent for one that does not exist */
export async function readComments(state: ColonyState, who: string, title: string | undefined, atMost?: number): Promise<void> {
  const colony = await state.as(who)
  const id = title === undefined ? MISSING : state.posts.recall(title).id
  const read = async (): Promise<void> => {
    state.listedComments = await gathered(walkByPage((page) => commentPage(colony, id, page), atMost))
  }
  if (title !== undefined) return read()
  state.listedComments = []
  await state.world.attempt(read)
  const refusal = state.world.takeRefusal()
  if (refusal) expect(refusal.status, refusal.message).to.be.oneOf([404, 422])
}

/** A page has the comments that its number and the total promise, and says whether another one follows. */
async function commentPage(colony: ColonyClient, id: string, page: number) {
  const fetched = await colony.comments(id, { page })
  const { items, total, has_more } = fetched
  const before = (page - 1) * PAGE
  expect(items.length, `comments on page ${page}, of ${total}`).to.equal(Math.min(PAGE, Math.max(0, total - before)))
  if (has_more !== undefined) expect(has_more, `whether a page follows page ${page}`).to.equal(total > before + items.length)
  for (const { post_id } of items) expect(post_id, 'the post a comment was written for').to.equal(id)
  return fetched
}

export function expectListed({ listedComments }: ColonyState, count: number): void {
  expect(listedComments, 'the comments listed').to.have.length(count)
  expectOldestFirst(listedComments)
}

function expectOldestFirst(comments: readonly Comment[]): void {
  const times = comments.map(({ created_at }) => Date.parse(created_at))
  expect(times, 'oldest first').to.deep.equal([...times].sort((a, b) => a - b))
}

/** Every comment that was written, once, with the text it was given. */
export async function expectWholeDiscussion(state: ColonyState): Promise<void> {
  const { listedComments } = state
  expect(listedComments.length, 'the comments listed').to.equal(LONG_DISCUSSION)
  expectDifferent(
    listedComments.map(({ id }) => id),
    'comments',
  )
  const texts = listedComments.map(({ body }) => body.split(' ').slice(0, -1).join(' '))
  expect(texts, 'the texts of the comments').to.have.members(Array.from({ length: LONG_DISCUSSION }, (_, at) => numberedText(at)))
  expectOldestFirst(listedComments)
  for (const comment of listedComments) await expectInDiscussion(state, comment)
}

/** A comment of a discussion that was written at once: by the writer whose turn it was, below no other. */
async function expectInDiscussion(state: ColonyState, comment: Comment): Promise<void> {
  expect([comment.parent_id, comment.score], `what "${comment.body}" replies to, and its score`).to.deep.equal([null, 0])
  const writers = state.discussions.get(comment.post_id)
  if (!writers) expect.fail(`"${comment.body}" is on another post`)
  const turn = Array.from({ length: LONG_DISCUSSION }, (_, at) => at).find((at) =>
    comment.body.startsWith(`${numberedText(at)} `),
  )
  const writer = writers[(turn ?? 0) % Math.max(1, writers.length)]
  if (writer !== undefined) expectAuthor(comment.author, await state.identity(writer), `"${comment.body}"`)
}

interface Sight {
  text: string
  /** The comment that it is a reply to, where it is one. */
  to?: string
  place: Place
  title: string
}

export async function expectSeen(state: ColonyState, who: string, { text, to, place, title }: Sight): Promise<void> {
  const colony = await state.as(who)
  const written = state.comments.recall(text)
  const { id } = state.posts.recall(title)
  if (to !== undefined) expect(written.parentId, `what "${text}" replies to`).to.equal(state.comments.recall(to).id)
  expect(written.postId, `the post "${text}" was written for`).to.equal(id)
  await eventually(async () => {
    if (place === 'conversation') return expectInTree(state, await colony.views.conversation(id), written)
    const listed = place === 'context' ? await commentsInContext(state, colony, title) : await commentsAt(colony, id, place)
    const found = listed.filter((one) => one.id === written.id)
    expect(found, `the comment "${text}" (${place})`).to.have.length(1)
    for (const one of found) {
      expectComment(one, written, await state.identity(written.by))
      expectFigures(state, one)
    }
  })
}

async function commentsAt(
  colony: ColonyClient,
  id: string,
  place: Exclude<Place, 'context' | 'conversation'>,
): Promise<Comment[]> {
  if (place === 'all comments') return everyPage((page) => colony.comments(id, { page }))
  const { items, total, has_more } = await colony.comments(id)
  expect(items.length, 'comments on the first page').to.equal(Math.min(total, PAGE))
  if (has_more !== undefined) expect(has_more, 'whether another page exists').to.equal(total > items.length)
  return items
}

async function commentsInContext(state: ColonyState, colony: ColonyClient, title: string): Promise<Comment[]> {
  const written = state.posts.recall(title)
  const context = await colony.views.context(written.id)
  expectPost(context.post, written, await state.identity(written.by))
  expectFigures(state, context.post)
  expectContextCounts(context, await colony.identity())
  return context.comments
}

/** The context holds all comments, and counts those of its reader; `author_username` repeats the name of their author. */
export function expectContextCounts({ comments, comment_count, your_comment_count }: Context, reader: Identity): void {
  expect(comment_count, 'how many comments the context reports').to.equal(comments.length)
  const own = comments.filter(({ author }) => author.id === reader.id)
  expect(your_comment_count, 'how many of them are of the reader').to.equal(own.length)
  for (const { author, author_username } of comments) expect(author_username, 'the author of a comment').to.equal(author.username)
}

interface Tree {
  post_id: string
  thread_count: number
  total_comments: number
  threads: Branch[]
}

/** A top-level comment is a thread of its own; a reply is directly below the comment to which it replies. */
async function expectInTree(state: ColonyState, tree: Tree, written: WrittenComment): Promise<void> {
  expect(tree.post_id, 'the post the conversation is about').to.equal(written.postId)
  expect(tree.thread_count, 'how many threads the conversation reports').to.equal(tree.threads.length)
  expect(tree.total_comments, 'how many comments the conversation reports').to.equal(countOf(tree.threads))
  const level = written.parentId === null ? tree.threads : tree.threads.find(({ id }) => id === written.parentId)?.replies
  const found = (level ?? []).filter(({ id }) => id === written.id)
  expect(found, written.parentId === null ? 'the thread of the comment' : 'the reply below the comment').to.have.length(1)
  const { username } = await state.identity(written.by)
  for (const one of found) {
    expect(one.body, 'the text of the comment').to.equal(written.body)
    expect(one.author_username, 'the author of the comment').to.equal(username)
    expectTime(one.created_at, written.at, 'the creation of the comment')
    expectFigures(state, { id: one.id, score: one.score })
  }
}

function countOf(branches: readonly Branch[]): number {
  return branches.reduce((total, { replies }) => total + 1 + countOf(replies), 0)
}
