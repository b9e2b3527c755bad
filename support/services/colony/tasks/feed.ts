import { expect } from 'chai'
import type { PageQuery } from '../client/client'
import type { Post } from '../contract'
import { gathered, walkByOffset } from '../pages'
import type { ColonyState } from '../state'
import { GENERAL } from './views'

/** Colonies known by name without asking. */
const COLONIES: Readonly<Record<string, string>> = { general: GENERAL }

export async function leafThrough(state: ColonyState, who: string, atMost: number, pageSize: number): Promise<void> {
  const colony = await state.as(who)
  state.shown = await gathered(walkByOffset((query) => colony.posts({ sort: 'new', ...query }), { atMost, pageSize }))
}

export async function readFeed(state: ColonyState, who: string, query: PageQuery): Promise<void> {
  const colony = await state.as(who)
  state.shown = (await colony.posts({ sort: 'new', limit: 10, ...query })).items
}

export async function readColony(state: ColonyState, who: string, name: string): Promise<void> {
  const colony = await state.as(who)
  const walk = walkByOffset((query) => colony.posts({ sort: 'new', colony_id: idOf(name), ...query }), { atMost: 10 })
  state.shown = await gathered(walk)
}

export function expectShown(state: ColonyState, count: number): void {
  expect(state.shown, 'the posts shown').to.have.length(count)
}

export function expectSomeShown(state: ColonyState, atMost = 100): void {
  expect(state.shown.length, 'how many posts are shown').to.be.within(1, atMost)
}

export function expectNoneTwice(state: ColonyState): void {
  const ids = state.shown.map(({ id }) => id)
  expect(new Set(ids).size, `different posts among ${ids.length}`).to.equal(ids.length)
}

export function expectAllIn(state: ColonyState, name: string): void {
  expectSomeShown(state)
  for (const post of state.shown) expect(post.colony_id, `the colony of "${post.title}"`).to.equal(idOf(name))
}

export function expectAllOfType(state: ColonyState, type: string): void {
  expectSomeShown(state)
  for (const post of state.shown) expect(post.post_type, `the type of "${post.title}"`).to.equal(type)
}

/** The order that each way of sorting promises and the answer itself shows; how hot a post is only The Colony knows. */
export function expectSorted(state: ColonyState, order: string): void {
  const worth: Record<string, (post: Post) => number> = {
    new: ({ created_at }) => Date.parse(created_at),
    top: ({ score }) => score,
    discussed: ({ comment_count }) => comment_count,
  }
  expectSomeShown(state)
  const of = worth[order]
  if (!of) throw new Error(`Nothing in a post shows how it is sorted by ${order}; it does by ${Object.keys(worth).join(', ')}.`)
  const figures = state.shown.map(of)
  expect(figures, `sorted by ${order}`).to.deep.equal([...figures].sort((a, b) => b - a))
}

function idOf(name: string): string {
  const id = COLONIES[name]
  if (!id) throw new Error(`No id of the colony "${name}" is known; there are ${Object.keys(COLONIES).join(', ')}.`)
  return id
}
