import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import type { ColonyState } from '../state'
import { expectDifferent } from './checks'

/** The colony in which the suite writes. */
export const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'
/** An unused id. */
export const MISSING = '00000000-0000-0000-0000-000000000000'

const COLONIES: Readonly<Record<string, string>> = {
  'test-posts': TEST_POSTS,
  general: '2e549d01-99f2-459f-8924-48b2690b2170',
}

/** Ids of colonies do not change; those in features are listed here. */
export function colonyId(name: string): string {
  const id = COLONIES[name]
  if (!id) throw new Error(`No id of the colony "${name}" is known; known are ${Object.keys(COLONIES).join(', ')}.`)
  return id
}

/** An account that is already a member leaves first: joining shows only where there was no membership. */
export async function join(state: ColonyState, who: string, name: string): Promise<void> {
  const { people } = await state.as(who)
  if (await isMade(() => changeMembership(state, who, name, 'no'))) return
  await changeMembership(state, who, name, 'yes')
  await people.join(colonyId(name))
}

/** Joins or leaves, with an entry that contains the earlier state. Where nothing changes, the service refuses, and there is nothing to undo. */
async function changeMembership(state: ColonyState, who: string, name: string, before: 'yes' | 'no'): Promise<void> {
  const colony = await state.as(who)
  const where = colonyId(name)
  const data = { account: await colony.accountId(), before, where }
  await state.world.undo.create(
    'colony.membership',
    `${who} ${before === 'yes' ? 'left' : 'joined'} ${name}`,
    { by: who, data },
    async () => {
      await (before === 'yes' ? colony.people.leave(where) : colony.people.join(where))
      return { id: where }
    },
  )
}

export async function leave(state: ColonyState, who: string, name: string): Promise<void> {
  await (await state.as(who)).people.leave(colonyId(name))
}

export async function tryTo(state: ColonyState, who: string, act: 'join' | 'leave', name: string): Promise<void> {
  const { people } = await state.as(who)
  await state.world.attempt(() => people[act](colonyId(name)))
}

export function expectColonyListed({ colonies }: ColonyState, name: string): void {
  expectDifferent(
    colonies.map(({ id }) => id),
    'colonies',
  )
  expectDifferent(
    colonies.map((colony) => colony.name),
    'names of colonies',
  )
  const found = colonies.find(({ id }) => id === colonyId(name))
  expect(found?.name, `the colony "${name}" in the list`).to.equal(name)
}

/** @returns whether the membership changed; false where the service refused because nothing would change */
export async function isMade(change: () => Promise<void>): Promise<boolean> {
  try {
    await change()
    return true
  } catch (error) {
    if (error instanceof ApiError && [404, 409].includes(error.status)) return false
    throw error
  }
}

export function change(state: ColonyState, who: string, act: 'join' | 'leave', name: string): Promise<void> {
  return act === 'join' ? join(state, who, name) : leave(state, who, name)
}
