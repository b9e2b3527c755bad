import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { __Name__State } from '../state'

export async function make(state: __Name__State, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  const { undo, access } = state.world
  const name = access.unique(title)
  const { id } = await undo.create('__name__.thing', name, { by: who }, async () => {
    const made = await client.make(name)
    expect(made.title, 'the title in the response').to.equal(name)
    return made
  })
  // What a read must show is what was sent, never what a response said.
  state.things.remember(title, { id, title: name, owner: who })
}

export async function expectReadable(state: __Name__State, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  const made = state.things.recall(title)
  await eventually(async () => expect((await client.thing(made.id)).title, 'the title as read').to.equal(made.title))
}

export async function tryToRemove(state: __Name__State, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.remove(state.things.recall(title).id))
}
