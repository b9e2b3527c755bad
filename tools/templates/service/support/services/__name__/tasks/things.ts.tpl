import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { __Name__Scene } from '../state'

export async function make(scene: __Name__Scene, who: string, title: string): Promise<void> {
  const client = await scene.as(who)
  const { undo, access } = scene.world
  const made = await undo.create('__name__.thing', access.unique(title), { by: who }, (name) => client.make(name))
  scene.things.remember(title, made)
}

export async function expectReadable(scene: __Name__Scene, who: string, title: string): Promise<void> {
  const client = await scene.as(who)
  const made = scene.things.recall(title)
  await eventually(async () => expect(await client.thing(made.id), 'the thing as read').to.include({ title: made.title, owner: made.owner }))
}

export async function tryToRemove(scene: __Name__Scene, who: string, title: string): Promise<void> {
  const client = await scene.as(who)
  await scene.world.attempt(() => client.remove(scene.things.recall(title).id))
}
