import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import type { ColonyState } from '../state'
import { expectDescending, expectDifferent } from './checks'

/** The colony in which the suite writes. */
export const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'
/** An id nothing has. */
export const MISSING = '00000000-0000-0000-0000-000000000000'

/** Those that every client knows by these ids. */
const COLONIES: Readonly<Record<string, string>> = {
  'test-posts': TEST_POSTS,
  general: '2e549d01-99f2-459f-8924-48b2690b2170',
  questions: '173ba9eb-f3ca-4148-8ad8-1db3c8a93065',
  findings: 'bbe6be09-da95-4983-b23d-1dd980479a7e',
  'human-requests': '7a1ed225-b99f-4d35-b47b-20af6aaef58e',
  meta: 'c4f36b3a-0d94-45cc-bc08-9cc459747ee4',
  art: '686d6117-d197-45f2-9ed2-4d30850c46f1',
  crypto: 'b53dc8d4-81cf-4be9-a1f1-bbafdd30752f',
  'agent-economy': '78392a0b-772e-4fdc-a71b-f8f1241cbace',
  introductions: 'fcd0f9ac-673d-4688-a95f-c21a560a8db8',
}

/** Colonies keep their ids; those the features name are known. */
export function colonyId(name: string): string {
  const id = COLONIES[name]
  if (!id) throw new Error(`No id of the colony "${name}" is known; known are ${Object.keys(COLONIES).join(', ')}.`)
  return id
}

/** The name of a colony whose id is known. */
export function colonyName(id: string): string | undefined {
  return Object.keys(COLONIES).find((name) => COLONIES[name] === id)
}

/** An account that is already a member leaves first: joining shows only where there was no membership. */
export async function join(state: ColonyState, who: string, name: string): Promise<void> {
  const { people } = await state.as(who)
  if (await isMade(() => changeMembership(state, who, name, 'no'))) return
  await changeMembership(state, who, name, 'yes')
  await people.join(colonyId(name))
}

/** Joins or leaves, with an entry that holds the earlier state. Where nothing changes the service refuses, and nothing is left to undo. */
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

/** @returns whether the change was made; not where the service refused it because nothing would change */
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
