import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { CocalcState } from '../state'
import { idOf } from './accounts'

export async function add(state: CocalcState, who: string, whom: readonly string[], title: string): Promise<void> {
  const hub = await state.as(who)
  for (const name of whom) await hub.projects.addCollaborator(state.projects.recall(title).id, await idOf(state, name))
}

export async function remove(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  const hub = await state.as(who)
  await hub.projects.removeCollaborator(state.projects.recall(title).id, await idOf(state, whom))
}

export async function tryToAdd(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  await state.world.attempt(() => add(state, who, [whom], title))
}

export async function tryToRemove(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  await state.world.attempt(() => remove(state, who, whom, title))
}

/** The first named owns it, the others collaborate; nobody else is on it. */
export async function expectOn(state: CocalcState, names: readonly string[], title: string): Promise<void> {
  const hub = await state.as('Ada')
  const { id } = state.projects.recall(title)
  const ids = await Promise.all(names.map((name) => idOf(state, name)))
  await eventually(async () => {
    const [row] = await hub.projects.get({ all: true, projectId: id })
    const groups = Object.fromEntries(Object.entries(row?.users ?? {}).map(([account, { group }]) => [account, group]))
    const wanted = Object.fromEntries(ids.map((account, at) => [account, at === 0 ? 'owner' : 'collaborator']))
    expect(groups, `who is on ${title}`).to.deep.equal(wanted)
  })
}
