import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import { COLONIES, colonyId } from '../known-colonies'
import type { ColonyState } from '../state'
import { expectDescending, expectDifferent } from './checks'

/** An id nothing has. */
export const MISSING = '00000000-0000-0000-0000-000000000000'

/** An account that is already a member leaves first: joining shows only where there was no membership. */
async function join(state: ColonyState, who: string, name: string): Promise<void> {
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

async function leave(state: ColonyState, who: string, name: string): Promise<void> {
  await (await state.as(who)).people.leave(colonyId(name))
}

export async function tryTo(state: ColonyState, who: string, act: 'join' | 'leave', name: string): Promise<void> {
  const { people } = await state.as(who)
  await state.world.attempt(() => people[act](colonyId(name), true))
}

/** The colony, and every other one whose id is known; those with most members first. */
export function expectColonyListed({ colonies }: ColonyState, name: string): void {
  expectDifferent(
    colonies.map(({ id }) => id),
    'colonies',
  )
  expectDifferent(
    colonies.map((colony) => colony.name),
    'names of colonies',
  )
  for (const known of new Set([name, ...Object.keys(COLONIES)])) {
    const found = colonies.find(({ id }) => id === colonyId(known))
    expect(found?.name, `the colony "${known}" in the list`).to.equal(known)
  }
  expectDescending(
    colonies.map(({ member_count }) => member_count),
    'the members of the colonies listed',
  )
}

/** @returns whether the membership changed; false where the service refused because nothing would change */
async function isMade(change: () => Promise<void>): Promise<boolean> {
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
