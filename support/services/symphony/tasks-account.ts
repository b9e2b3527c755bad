import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { SandboxPeople } from '../../core/people'
import type { Credentials } from '../../core/service'
import type { SymphonyScene } from './scene'
import { signInWith } from './sessions'

interface Way {
  wishes: Record<string, unknown>
  /** The field of the credentials it stands in, and where its text comes from. */
  field: 'keyPath' | 'keyContent' | 'certificatePath' | 'certificateContent'
  username?: string
  lifetime?: number
}

const trusted = { certificate: 'trusted' }

/** By the words of a feature. */
export const WAYS: Readonly<Record<string, Way>> = {
  'a key in a file': { wishes: {}, field: 'keyPath' },
  'a key': { wishes: {}, field: 'keyContent' },
  'a certificate in a file': { wishes: trusted, field: 'certificatePath' },
  'a certificate': { wishes: trusted, field: 'certificateContent' },
  'the key of another bot': { wishes: { key: 'foreign' }, field: 'keyContent' },
  'a name nobody has': { wishes: {}, field: 'keyContent', username: 'nobody-is-called-this' },
  'a pass that has run out': { wishes: {}, field: 'keyContent', lifetime: -10 },
  'a certificate nobody vouches for': { wishes: { certificate: 'untrusted' }, field: 'certificateContent' },
  'a certificate it may not use': { wishes: { ...trusted, lacks: ['certificateAuthentication'] }, field: 'certificateContent' },
}

/** The sandbox registers the bot, and the scenario keeps what it shall show. */
export async function prepare(scene: SymphonyScene, words: string): Promise<void> {
  const way = WAYS[words]
  if (!way) throw new Error(`There is no way "${words}"; there are: ${Object.keys(WAYS).join(', ')}.`)
  const { people } = scene.world.access
  if (!(people instanceof SandboxPeople)) throw new Error('Live, how a bot proves itself is not ours to choose.')
  const made = await people.make('Ada', way.wishes)
  const pem = (way.field.startsWith('key') ? made.keyContent : made.certificateContent) ?? ''
  scene.credentials = {
    username: way.username ?? made.username ?? '',
    [way.field]: way.field.endsWith('Path') ? fileWith(scene, pem) : pem,
  }
  scene.lifetime = way.lifetime
}

function fileWith(scene: SymphonyScene, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'))
  scene.world.endsWithMe(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'proof.pem')
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

/** A session of its own: the one that everything else is done in goes on. */
export async function signIn(scene: SymphonyScene): Promise<void> {
  const { access } = scene.world
  const credentials: Credentials = scene.credentials ?? (await access.people.person('Ada'))
  scene.tokens = await signInWith(access, credentials, scene.lifetime)
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
  scene.oldSession = await client.sessionToken()
  await scene.powers.post('/sessions/expire', { username: await scene.username('Ada') })
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
