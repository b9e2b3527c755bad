import { expect } from 'chai'
import type { Credentials } from '../../service'
import { assertUserAsMade, madeFor } from '../made'
import { signInWith } from '../sessions'
import type { SymphonyState } from '../state'

/** A session of its own: the one that everything else is done in goes on. */
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
  if (!state.tokens) throw new Error('Nobody has signed in.')
  const [me, expected] = [await chat.client.meIn(state.tokens), await state.username('Ada')]
  await chat.client.agentTakes(state.tokens)
  assertUserAsMade('the account of the session', me, await madeFor(state.world.access, 'Ada'))
  expect(me.username, 'the name of the session').to.equal(expected)
  expect(me.id, 'the id of the session').to.be.greaterThan(0)
  expect(me.displayName, 'the display name of the session').to.not.equal('')
}

export async function signOut(state: SymphonyState): Promise<void> {
  if (!state.tokens) await signIn(state)
  await (await state.chat()).client.signOut(state.tokens)
}

export async function tryOldSession(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  const { tokens } = state
  if (!tokens) throw new Error('There was no session.')
  await state.world.attempt(() => client.meIn(tokens))
}

/** Used once, so that there is one to run out. */
export async function letSessionRunOut(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  if (client.access.isLive) return endSessionOfItsOwn(state)
  state.oldSession = await client.sessionToken()
  await state.control.post('/sessions/expire', { username: await state.username('Ada') })
}

/** Live, all of a run share one session, which goes on; to the service one that was ended and one that ran out are the same. */
async function endSessionOfItsOwn(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  const tokens = await signInWith(client.access, await client.access.people.person('Ada'))
  client.goOnIn(tokens)
  state.world.closeAfterScenario(() => client.leave())
  state.oldSession = tokens.session
  await client.signOut(tokens)
}

export async function expectNewSession(state: SymphonyState): Promise<void> {
  const { client } = await state.chat()
  expect(await client.sessionToken(), 'the session in use, which ran out').to.not.equal(state.oldSession)
}

const ENTITLEMENTS: Readonly<Record<string, string>> = {
  'open rooms': 'canCreatePrivateRoom',
  'change messages': 'canUpdateMessage',
  'show her presence': 'updatePresence',
  'use the agent': 'agentAccess',
}

/** The administrator takes an entitlement from the bot. */
export async function forbid(state: SymphonyState, what: string): Promise<void> {
  const lacks = ENTITLEMENTS[what]
  if (!lacks) throw new Error(`There is no entitlement to "${what}"; there are: ${Object.keys(ENTITLEMENTS).join(', ')}.`)
  await state.control.post('/entitlements', { username: await state.username('Ada'), lacks: [lacks] })
}

/** The next message is blocked by the pod's rules. */
export async function blockNext(state: SymphonyState): Promise<void> {
  await state.control.post('/answers', { username: await state.username('Ada'), status: 451, on: '/message/create' })
}

/** The next call is answered with a limit that is over in a moment. */
export async function limitNext(state: SymphonyState): Promise<void> {
  await state.control.post('/answers', {
    username: await state.username('Ada'),
    status: 429,
    on: '/message/create',
    retryAfter: 0.2,
  })
}
