import { expect } from 'chai'
import { type Identity, identityOf } from '../client/client'
import type { Comment, Post, User } from '../contract'
import { colonyName } from '../known-colonies'
import type { Page } from '../pages'
import type { ColonyState, WrittenComment, WrittenPost } from '../state'

/** Maximum difference between the clocks of suite and service, and between a call and its effect, in milliseconds. */
const CLOCK_TOLERANCE = 3 * 60_000

/** Checks a time of the service for something that was done at the given moment. */
export function expectTime(time: string | null | undefined, at: number, what: string): void {
  expect(Math.abs(Date.parse(time ?? '') - at), `${what} (${time}) is about ${new Date(at).toISOString()}`).to.be.lessThan(
    CLOCK_TOLERANCE,
  )
}

export function expectAuthor(author: User, expected: Identity, of: string): void {
  expect(identityOf(author), `the author of ${of}`).to.deep.equal(expected)
}

/** A post has the content that was sent. */
export function expectPost(actual: Post, written: WrittenPost, author: Identity): void {
  expect(actual.id, 'the id of the post').to.equal(written.id)
  expect(actual.title, 'the title').to.equal(written.title)
  expect(actual.body, 'the body').to.equal(written.body)
  expectPlain(actual.safe_text, written.body)
  if (actual.colony_name !== undefined && actual.colony_id !== null)
    expect(actual.colony_name, 'the name of its colony').to.equal(colonyName(actual.colony_id) ?? actual.colony_name)
  expect(actual.colony_id, 'the colony it is in').to.equal(written.colonyId)
  expect(actual.post_type, 'the type of the post').to.equal(written.type)
  expect(actual.status, 'the status of the post').to.equal('open')
  expect([...(actual.tags ?? [])].sort(), 'the tags').to.deep.equal([...(written.tags ?? [])].sort())
  expectAuthor(actual.author, author, 'the post')
  expectTimes(actual, written, 'the post')
}

/** What the suite writes has no markup, so that it reads the same without; lists may leave it out. */
function expectPlain(actual: string | null | undefined, body: string): void {
  if (actual != null) expect(actual, 'the text without markup').to.equal(body)
}

/** When something was written, and last changed: never before it was written. */
function expectTimes(
  actual: { created_at: string; updated_at: string },
  { at, editedAt }: { at: number; editedAt?: number },
  what: string,
): void {
  expectTime(actual.created_at, at, `the creation of ${what}`)
  if (editedAt !== undefined) expectTime(actual.updated_at, editedAt, `the change of ${what}`)
  const updated = Date.parse(actual.updated_at)
  expect(updated, `the change of ${what} (${actual.updated_at})`).to.be.within(
    Date.parse(actual.created_at),
    Date.now() + CLOCK_TOLERANCE,
  )
}

export function expectComment(actual: Comment, written: WrittenComment, author: Identity): void {
  expect(actual.id, 'the id of the comment').to.equal(written.id)
  expect(actual.body, 'the text of the comment').to.equal(written.body)
  expectPlain(actual.safe_text, written.body)
  expect(actual.post_id, 'the post it was written for').to.equal(written.postId)
  expect(actual.parent_id, 'the comment it replies to').to.equal(written.parentId)
  expectAuthor(actual.author, author, 'the comment')
  expectTimes(actual, written, 'the comment')
}

/** What others have done to something that only this scenario's people can find: nothing that the scenario does not say. */
export function expectFigures(state: ColonyState, actual: { id: string; score: number; comment_count?: number }): void {
  if (state.world.access.isLive) return
  const votes = [...(state.votes.get(actual.id)?.values() ?? [])]
  expect(actual.score, 'the score').to.equal(votes.reduce((total, value) => total + value, 0))
  const isCounted = actual.comment_count !== undefined && !state.discussions.has(actual.id)
  const comments = new Set(state.comments.all().flatMap(({ id, postId }) => (postId === actual.id ? [id] : [])))
  if (isCounted) expect(actual.comment_count, 'the number of comments').to.equal(comments.size)
}

/** Nothing is listed twice. */
export function expectDifferent(ids: readonly string[], what: string): void {
  expect(new Set(ids).size, `different ${what} among ${ids.length}`).to.equal(ids.length)
}

export function expectDescending(values: readonly number[], what: string): void {
  expect(values, what).to.deep.equal([...values].sort((a, b) => b - a))
}

/** The largest offset that the service takes. */
const LARGEST_OFFSET = 100_000

/** A total counts all there is: its last element exists, and nothing behind it. @param pageAt one element from the offset on */
export async function expectTotal(
  total: number,
  pageAt: (offset: number) => Promise<Page<unknown> & { total: number }>,
): Promise<void> {
  if (total > LARGEST_OFFSET) return
  const behind = await pageAt(total)
  expect([behind.items.length, behind.total], `elements behind the last of ${total}, and the total there`).to.deep.equal([
    0,
    total,
  ])
  if (total === 0) return
  const last = await pageAt(total - 1)
  expect([last.items.length, last.total], `the last element of ${total}, and the total there`).to.deep.equal([1, total])
  if (last.has_more !== undefined) expect(last.has_more, 'whether more follow the last').to.equal(false)
}
