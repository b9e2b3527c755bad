import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { readEach } from '../client/views'
import type { Tree } from '../contract'
import type { ColonyState } from '../state'
import { NOBODYS } from './posts'

/** The colony everybody reads. */
export const GENERAL = '2e549d01-99f2-459f-8924-48b2690b2170'

export async function expectContext(state: ColonyState, who: string, title: string, text?: string): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  await eventually(async () => {
    const { post, comments } = await views.context(id)
    expect(post.id, 'the post the view is about').to.equal(id)
    if (text)
      expect(
        comments.map((comment) => comment.id),
        'the comments in the view',
      ).to.include(state.comments.recall(text).id)
  })
}

export async function expectTree(state: ColonyState, who: string, title: string, check: (tree: Tree) => void): Promise<void> {
  const { views } = await state.as(who)
  const { id } = state.posts.recall(title)
  await eventually(async () => {
    const tree = await views.conversation(id)
    expect(tree.post_id, 'the post the conversation is about').to.equal(id)
    expect(tree.thread_count, 'how many threads it says there are').to.equal(tree.threads.length)
    check(tree)
  })
}

export function hasThread(state: ColonyState, text: string): (tree: Tree) => void {
  return ({ threads }) =>
    expect(
      threads.map(({ id }) => id),
      'the threads',
    ).to.include(state.comments.recall(text).id)
}

export function hasNested(state: ColonyState, text: string, below: string): (tree: Tree) => void {
  return ({ threads }) => {
    const parent = threads.find(({ id }) => id === state.comments.recall(below).id)
    expect(
      parent?.replies.map(({ id }) => id),
      `what stands below "${below}"`,
    ).to.include(state.comments.recall(text).id)
  }
}

export async function tryToView(state: ColonyState, who: string, view: 'context' | 'conversation'): Promise<void> {
  const { views } = await state.as(who)
  await state.world.attempt(() => (view === 'context' ? views.context(NOBODYS) : views.conversation(NOBODYS)))
}

/** One that is there, and one that never was, asked for together. */
export async function expectOnlyReal(state: ColonyState, who: string, title: string): Promise<void> {
  const colony = await state.as(who)
  const { id } = state.posts.recall(title)
  const found = await readEach([id, NOBODYS], (wanted) => colony.post(wanted))
  expect(
    found.map((post) => post.id),
    'the posts found',
  ).to.deep.equal([id])
}

export async function search(
  state: ColonyState,
  who: string,
  query: { q: string; post_type?: string; colony_id?: string },
): Promise<void> {
  state.results = await (await state.as(who)).views.search({ limit: 5, ...query })
}

export async function trySearch(state: ColonyState, who: string, q: string): Promise<void> {
  const { views } = await state.as(who)
  await state.world.attempt(() => views.search({ q }))
}

export function expectHits(state: ColonyState, field: 'post_type' | 'colony_id' | undefined, value: string): void {
  const { items = [], total = 0 } = state.results ?? {}
  expect(total, 'hits in all').to.be.at.least(items.length)
  expect(items.length, 'hits shown').to.be.within(1, 5)
  for (const post of items) if (field) expect(post[field], `the ${field} of "${post.title}"`).to.equal(value)
}
