import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { everyPage } from '../pages'
import type { ColonyState } from '../state'
import type { Item } from '../words'
import { idOf } from './items'

function kindOf({ kind }: Item): 'post' | 'comment' {
  if (kind === 'post' || kind === 'comment') return kind
  throw new Error(`There is no vote on "${kind}".`)
}

async function scoreOf(state: ColonyState, item: Item): Promise<number | undefined> {
  const id = idOf(state, item)
  if (item.kind !== 'comment') return (await (await state.as('Ada')).post(id)).score
  const { postId, by } = state.comments.recall(item.name ?? '')
  const colony = await state.as(by)
  return (await everyPage((page) => colony.comments(postId, { page }))).find((comment) => comment.id === id)?.score
}

export async function vote(state: ColonyState, who: string, item: Item, value: number): Promise<void> {
  const colony = await state.as(who)
  const kind = kindOf(item)
  const id = idOf(state, item)
  await state.world.undo.create('colony.vote', `vote on ${id}`, { by: who, data: { [kind]: id } }, async () => {
    const score = await colony.vote(kind, id, value)
    state.votes.set(id, (state.votes.get(id) ?? new Map<string, number>()).set(who, value))
    if (score !== undefined) expect(score, 'the score after the vote').to.equal(value)
    return { id }
  })
}

export async function tryToVote(state: ColonyState, who: string, item: Item, value: number): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.vote(kindOf(item), idOf(state, item), value))
}

/** The score was 0 when it was written, and only one person of a run votes on it. */
export async function expectScoreChanged(state: ColonyState, item: Item, by: number): Promise<void> {
  await eventually(async () => expect(await scoreOf(state, item), `the score of the ${item.kind}`).to.equal(by))
}
