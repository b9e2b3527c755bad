import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { CocalcScene } from '../state'
import { idOf } from './accounts'

export async function add(scene: CocalcScene, who: string, whom: readonly string[], title: string): Promise<void> {
  const hub = await scene.as(who)
  for (const name of whom) await hub.projects.addCollaborator(scene.projects.recall(title).id, await idOf(scene, name))
}

export async function remove(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  const hub = await scene.as(who)
  await hub.projects.removeCollaborator(scene.projects.recall(title).id, await idOf(scene, whom))
}

export async function tryToAdd(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  await scene.world.attempt(() => add(scene, who, [whom], title))
}

export async function tryToRemove(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  await scene.world.attempt(() => remove(scene, who, whom, title))
}

/** The first named owns it, the others collaborate; nobody else is on it. */
export async function expectOn(scene: CocalcScene, names: readonly string[], title: string): Promise<void> {
  const hub = await scene.as('Ada')
  const { id } = scene.projects.recall(title)
  const ids = await Promise.all(names.map((name) => idOf(scene, name)))
  await eventually(async () => {
    const [row] = await hub.projects.get({ all: true, projectId: id })
    const groups = Object.fromEntries(Object.entries(row?.users ?? {}).map(([account, { group }]) => [account, group]))
    const wanted = Object.fromEntries(ids.map((account, at) => [account, at === 0 ? 'owner' : 'collaborator']))
    expect(groups, `who is on ${title}`).to.deep.equal(wanted)
  })
}
