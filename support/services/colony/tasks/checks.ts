import { expect } from 'chai'
import type { Identity } from '../client/client'
import type { Comment, Post } from '../contract'
import type { WrittenComment, WrittenPost } from '../state'

/** Maximum difference between the clocks of suite and service, and between a call and its effect, in milliseconds. */
const CLOCK_TOLERANCE = 3 * 60_000

/** Checks a time of the service for something that was done at the given moment. */
export function expectTime(time: string | null | undefined, at: number, what: string): void {
  expect(Math.abs(Date.parse(time ?? '') - at), `${what} (${time}) is about ${new Date(at).toISOString()}`).to.be.lessThan(
    CLOCK_TOLERANCE,
  )
}

export function expectAuthor(author: { id: string; username: string }, expected: Identity, of: string): void {
  expect(author.username, `the author of ${of}`).to.equal(expected.username)
  expect(author.id, `the account of the author of ${of}`).to.equal(expected.id)
}

/** A post has the content that was sent. */
export function expectPost(actual: Post, written: WrittenPost, author: Identity): void {
  expect(actual.id, 'the id of the post').to.equal(written.id)
  expect(actual.title, 'the title').to.equal(written.title)
  expect(actual.body, 'the body').to.equal(written.body)
  expect(actual.colony_id, 'the colony it is in').to.equal(written.colonyId)
  expect(actual.post_type, 'the type of the post').to.equal(written.type)
  if (written.tags) expect(actual.tags, 'the tags').to.have.members([...written.tags])
  expectAuthor(actual.author, author, 'the post')
  expectTime(actual.created_at, written.at, 'the creation of the post')
}

export function expectComment(actual: Comment, written: WrittenComment, author: Identity): void {
  expect(actual.id, 'the id of the comment').to.equal(written.id)
  expect(actual.body, 'the text of the comment').to.equal(written.body)
  expect(actual.post_id, 'the post it was written for').to.equal(written.postId)
  expect(actual.parent_id, 'the comment it replies to').to.equal(written.parentId)
  expectAuthor(actual.author, author, 'the comment')
  expectTime(actual.created_at, written.at, 'the creation of the comment')
}

/** Nothing is listed twice. */
export function expectDifferent(ids: readonly string[], what: string): void {
  expect(new Set(ids).size, `different ${what} among ${ids.length}`).to.equal(ids.length)
}

export function expectDescending(values: readonly number[], what: string): void {
  expect(values, what).to.deep.equal([...values].sort((a, b) => b - a))
}
