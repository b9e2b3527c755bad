import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { __Name__State } from '../state'

export async function make(state: __Name__State, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  const { undo, access } = state.world
  const made = await undo.create('__name__.thing', access.unique(title), { by: who }, (name) => client.make(name))
  state.things.remember(title, made)
}

export async function expectReadable(state: __Name__State, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  const made = state.things.recall(title)
  await eventually(async () => expect(await client.thing(made.id), 'the thing as read').to.include({ title: made.title, owner: made.owner }))
}

export async function tryToRemove(state: __Name__State, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.remove(state.things.recall(title).id))
}
