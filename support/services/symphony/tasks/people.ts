import { expect } from 'chai'
import type { SymphonyState } from '../state'

/** The directory's record of a user, looked up by id. */
export async function expectProfile(state: SymphonyState, whom: string): Promise<void> {
  const chat = await state.chat()
  const { id, name, displayName } = await chat.person(whom)
  const user = await chat.client.people.user({ uid: id })
  expect(user, `the directory's record of ${whom}`).to.include({ username: name, displayName })
  expect(String(user?.id), 'the id').to.equal(id)
  for (const field of ['emailAddress', 'company', 'department'] as const)
    expect(user?.[field], `the ${field} of ${whom}`).to.be.a('string').and.not.equal('')
}
