import { expect } from 'chai'
import type { Credentials } from '../../service'
import { signInWith } from '../sessions'
import type { SymphonyScene } from '../state'

/** A session of its own: the one that everything else is done in goes on. */
export async function signIn(scene: SymphonyScene): Promise<void> {
  const { access } = scene.world
  const { client } = await scene.chat()
  const credentials: Credentials = scene.credentials ?? (await access.people.person('Ada'))
  const tokens = await signInWith(access, credentials, scene.lifetime)
  scene.tokens = tokens
  scene.world.endsWithMe(() => client.leave(tokens))
}

export async function tryToSignIn(scene: SymphonyScene): Promise<void> {
  await scene.world.attempt(() => signIn(scene))
}

export async function expectSignedIn(scene: SymphonyScene): Promise<void> {
  const chat = await scene.chat()
  if (!scene.tokens) throw new Error('Nobody has signed in.')
  const [me, expected] = [await chat.client.meIn(scene.tokens), await scene.username('Ada')]
  expect(me.username, 'the name of the session').to.equal(expected)
  expect(me.id, 'the id of the session').to.be.greaterThan(0)
  expect(me.displayName, 'the display name of the session').to.not.equal('')
}

export async function signOut(scene: SymphonyScene): Promise<void> {
  if (!scene.tokens) await signIn(scene)
  await (await scene.chat()).client.signOut(scene.tokens)
}

export async function tryOldSession(scene: SymphonyScene): Promise<void> {
  const { client } = await scene.chat()
  const { tokens } = scene
  if (!tokens) throw new Error('There was no session.')
  await scene.world.attempt(() => client.meIn(tokens))
}

/** Used once, so that there is one to run out. */
export async function letSessionRunOut(scene: SymphonyScene): Promise<void> {
  const { client } = await scene.chat()
  if (client.access.isLive) return endSessionOfItsOwn(scene)
  scene.oldSession = await client.sessionToken()
  await scene.powers.post('/sessions/expire', { username: await scene.username('Ada') })
}

/** Live, all of a run share one session, which goes on; to the service one that was ended and one that ran out are the same. */
async function endSessionOfItsOwn(scene: SymphonyScene): Promise<void> {
  const { client } = await scene.chat()
  const tokens = await signInWith(client.access, await client.access.people.person('Ada'))
  client.goOnIn(tokens)
  scene.world.endsWithMe(() => client.leave())
  scene.oldSession = tokens.session
  await client.signOut(tokens)
}

export async function expectNewSession(scene: SymphonyScene): Promise<void> {
  const { client } = await scene.chat()
  expect(await client.sessionToken(), 'the session in use, which ran out').to.not.equal(scene.oldSession)
}

const ENTITLEMENTS: Readonly<Record<string, string>> = {
  'open rooms': 'canCreatePrivateRoom',
  'change messages': 'canUpdateMessage',
  'show her presence': 'updatePresence',
  'use the agent': 'agentAccess',
}

/** The administrator takes an entitlement from the bot. */
export async function forbid(scene: SymphonyScene, what: string): Promise<void> {
  const lacks = ENTITLEMENTS[what]
  if (!lacks) throw new Error(`There is no entitlement to "${what}"; there are: ${Object.keys(ENTITLEMENTS).join(', ')}.`)
  await scene.powers.post('/entitlements', { username: await scene.username('Ada'), lacks: [lacks] })
}

/** The next message is blocked by the pod's rules. */
export async function blockNext(scene: SymphonyScene): Promise<void> {
  await scene.powers.post('/answers', { username: await scene.username('Ada'), status: 451, on: '/message/create' })
}

/** The next call is answered with a limit that is over in a moment. */
export async function limitNext(scene: SymphonyScene): Promise<void> {
  await scene.powers.post('/answers', {
    username: await scene.username('Ada'),
    status: 429,
    on: '/message/create',
    retryAfter: 0.2,
  })
}
