import { expect } from 'chai'
import type { Credentials } from '../../service'
import { assertUserAsMade, madeFor } from '../made'
import { signInWith } from '../sessions'
import type { SymphonyState } from '../state'

/** In a session of the scenario's own; the session that the run shares is left alone. */
export async function signIn(state: SymphonyState): Promise<void> {
  const { access } = state.world
  const { client } = await state.chat()
  const credentials: Credentials = state.credentials ?? (await access.people.person('Ada'))
  const tokens = await signInWith(access, credentials, state.lifetime)
  state.tokens = tokens
  state.world.closeAfterScenario(() => client.leave(tokens))
}

export async function tryToSignIn(state: SymphonyState): Promise<void> {
  await state.world.attempt(() => signIn(state))
}

export async function expectSignedIn(state: SymphonyState): Promise<void> {
  const chat = await state.chat()
  if (!state.tokens) throw new Error('Ada has not signed in.')
  const [me, expected] = [await chat.client.meIn(state.tokens), await state.username('Ada')]
  await chat.client.assertAgentAccepts(state.tokens)
  assertUserAsMade('the account of the session', me, await madeFor(state.world.access, 'Ada'))
  expect(me.username, 'the name of the session').to.equal(expected)
  expect(me.id, 'the id of the session').to.be.greaterThan(0)
  expect(me.displayName, 'the display name of the session').to.not.equal('')
}

export async function signOut(state: SymphonyState): Promise<void> {
  if (!state.tokens) await signIn(state)
  await (await state.chat()).client.signOut(state.tokens)
}

export async function tryEndedSession(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  const { tokens } = state
  if (!tokens) throw new Error('The scenario has opened no session.')
  await state.world.attempt(() => client.meIn(tokens))
}

export async function expectNewSession(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  expect(await client.sessionToken(), 'the session in use after the expired one').to.not.equal(state.oldSession)
}

const ENTITLEMENTS: Readonly<Record<string, string>> = {
  'create rooms': 'canCreatePrivateRoom',
  'edit messages': 'canUpdateMessage',
  'set her presence': 'updatePresence',
  'use the agent': 'agentAccess',
}

/** The administrator revokes an entitlement of the bot. */
export async function revoke(state: SymphonyState, what: string): Promise<void> {
  const lacks = ENTITLEMENTS[what]
  if (!lacks) throw new Error(`There is no entitlement to "${what}"; there are: ${Object.keys(ENTITLEMENTS).join(', ')}.`)
  await state.control.post('/entitlements', { username: await state.username('Ada'), lacks: [lacks] })
}
