import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { identityOf, type PageQuery } from '../client/client'
import type { Post } from '../contract'
import { colonyId } from '../known-colonies'
import { gathered, walkByOffset } from '../pages'
import type { ColonyState } from '../state'
import type { Filter } from '../words'
import { expectDescending, expectDifferent, expectTotal } from './checks'

const POSTS_READ = 10
/** How many listed posts are also read by their ids. */
const COMPARED = 5

export async function readPages(state: ColonyState, who: string, atMost: number, pageSize: number): Promise<void> {
  const colony = await state.as(who)
  const page = async (query: { limit: number; offset?: number }) => {
    const fetched = await colony.posts({ sort: 'newest', ...query })
    expectPage(fetched, query)
    return fetched
  }
  await eventually(async () => {
    state.listedPosts = await gathered(walkByOffset(page, { atMost, pageSize }))
    expectNewestFirst(state.listedPosts)
    await expectAsByItsId(state, who)
  })
}

function queryOf({ by, value }: Filter): PageQuery {
  switch (by) {
    case 'sort':
      return { sort: value }
    case 'colony':
      return { colony_id: colonyId(value) }
    case 'type':
      return { post_type: value }
    case 'author':
      return { author: value }
    case 'tag':
      return { tag: value }
    case 'text':
      return { q: value }
    case 'none':
      return {}
  }
}

export async function readFeed(state: ColonyState, who: string, filter: Filter): Promise<void> {
  const colony = await state.as(who)
  const query = { sort: 'newest', ...queryOf(filter) }
  await readConsistently(state, who, (part) => colony.posts({ ...query, ...part }))
}

interface PageOfPosts {
  items: Post[]
  total: number
  has_more?: boolean | undefined
}

/** The first page, its total, and its first post. Others publish and vote all the time: it is read again until its parts fit. */
async function readConsistently(
  state: ColonyState,
  who: string,
  read: (part: { limit: number; offset?: number }) => Promise<PageOfPosts>,
): Promise<void> {
  const part = { limit: POSTS_READ }
  await eventually(async () => {
    const page = await read(part)
    expectPage(page, part)
    state.listedPosts = page.items
    await expectTotal(page.total, (offset) => read({ limit: 1, offset }))
    await expectAsByItsId(state, who)
  })
}

/** A page is as long as requested, unless there are fewer; another page exists where there are more. */
function expectPage({ items, total, has_more }: PageOfPosts, { limit, offset = 0 }: { limit: number; offset?: number }): void {
  expect(items.length, `posts from ${offset} on, of ${total}`).to.equal(Math.min(Math.max(0, total - offset), limit))
  if (has_more !== undefined) expect(has_more, 'whether another page exists').to.equal(total > offset + items.length)
}

/** A list shows a post as it is when read by its id: the first ones, and the first with tags. */
async function expectAsByItsId(state: ColonyState, who: string): Promise<void> {
  const tagged = state.listedPosts.filter(({ tags }) => tags !== null && tags.length > 0)
  const colony = await state.as(who)
  for (const listed of new Set([...state.listedPosts.slice(0, COMPARED), ...tagged.slice(0, 1)])) {
    const read = await colony.post(listed.id)
    expect(factsOf(listed), `"${listed.title}", listed and read by its id`).to.deep.equal(factsOf(read))
    // Lists may leave the text without markup out.
    if (listed.safe_text != null) expect(listed.safe_text, 'the text without markup').to.equal(read.safe_text)
  }
}

function factsOf({ author, tags, id, title, body, colony_id, colony_name, post_type, status, ...rest }: Post) {
  const { score, comment_count, created_at, updated_at } = rest
  const texts = { id, title, body, colony_id, colony_name, post_type, status, tags: [...(tags ?? [])].sort() }
  return { ...texts, author: identityOf(author), score, comment_count, created_at, updated_at }
}

export async function tryToReadFeed(state: ColonyState, who: string, filter: Filter): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.posts(queryOf(filter)))
}

export async function search(state: ColonyState, who: string, text: string, filter: Filter): Promise<void> {
  const { views } = await state.as(who)
  const query = { q: text, ...queryOf(filter) }
  await readConsistently(state, who, (part) => views.search({ ...query, ...part }))
  for (const post of state.listedPosts) expectAbout(post, text)
}

export async function tryToSearch(state: ColonyState, who: string, q: string): Promise<void> {
  const { views } = await state.as(who)
  await state.world.attempt(() => views.search({ q }))
}

export function expectListed({ listedPosts }: ColonyState, count: number): void {
  expect(listedPosts, 'the posts listed').to.have.length(count)
  expectDifferent(
    listedPosts.map(({ id }) => id),
    'posts',
  )
  for (const { title, created_at } of listedPosts) {
    expect(title, 'the title of a listed post').to.not.equal('')
    expect(Date.parse(created_at), `the creation of "${title}"`).to.be.at.most(Date.now() + 60_000)
  }
}

function expectNewestFirst(posts: readonly Post[]): void {
  expectDescending(
    posts.map(({ created_at }) => Date.parse(created_at)),
    'newest first',
  )
}

function expectAbout({ title, body }: Post, text: string): void {
  expect(`${title}\n${body}`.toLowerCase(), `what "${title}" is about`).to.include(text.toLowerCase())
}

export function expectEvery(state: ColonyState, { by, value }: Filter): void {
  const { listedPosts: posts } = state
  expect(posts.length, 'the posts listed').to.be.greaterThan(0)
  expectDifferent(
    posts.map(({ id }) => id),
    'posts',
  )
  if (by === 'sort') expectSorted(posts, value)
  for (const post of posts) {
    const of = `of "${post.title}"`
    if (by === 'colony') expect(post.colony_id, `the colony ${of}`).to.equal(colonyId(value))
    if (by === 'type') expect(post.post_type, `the type ${of}`).to.equal(value)
    if (by === 'author') expect(post.author.username, `the author ${of}`).to.equal(value)
    if (by === 'tag') expect(post.tags, `the tags ${of}`).to.include(value)
    if (by === 'text') expectAbout(post, value)
  }
}

/** The value of a post by which each order sorts; the value for `hot` is not in the response. */
function expectSorted(posts: readonly Post[], order: string): void {
  const figures: Readonly<Record<string, (post: Post) => number>> = {
    new: ({ created_at }) => Date.parse(created_at),
    newest: ({ created_at }) => Date.parse(created_at),
    top: ({ score }) => score,
    discussed: ({ comment_count }) => comment_count,
  }
  const figure = figures[order]
  if (!figure)
    throw new Error(`A post does not show how it is sorted by ${order}; it does by ${Object.keys(figures).join(', ')}.`)
  expectDescending(posts.map(figure), `sorted by ${order}`)
}
