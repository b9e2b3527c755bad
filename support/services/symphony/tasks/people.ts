import { expect } from 'chai'
import type { SymphonyState } from '../state'

/** What the directory says of somebody who is looked up by id. */
export async function expectProfile(state: SymphonyState, whom: string): Promise<void> {
  const chat = await state.chat()
  const { id, name, displayName } = await chat.person(whom)
  const user = await chat.client.people.user({ uid: id })
  expect(user, `what the directory has of ${whom}`).to.include({ username: name, displayName })
  expect(String(user?.id), 'the id').to.equal(id)
  for (const field of ['emailAddress', 'company', 'department'] as const)
    expect(user?.[field], `the ${field} of ${whom}`).to.be.a('string').and.not.equal('')
}

export async function tryPresenceOfNobody(state: SymphonyState): Promise<void> {
  const { client, unknownIds } = await state.chat()
  await state.world.attempt(() => client.people.presenceOf(unknownIds.person))
}
