import { generateKeyPair } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SandboxPeople } from '../../people'
import type { Credentials } from '../../service'
import { proofFrom } from '../credentials'
import type { SymphonyState } from '../state'

type Field = 'keyPath' | 'keyContent' | 'certificatePath' | 'certificateContent'

/** One way to authenticate. */
interface Way {
  /** The field of the credentials that holds the key or certificate. */
  field: Field
  /** What the sandbox registers for the bot. */
  options: Record<string, unknown>
  /** The credentials to use live; absent where only an administrator could create them. */
  live?: (configured: Credentials) => Promise<Credentials>
  username?: string
  /** Lifetime of the JWT in seconds. */
  lifetime?: number
}

const trusted = { certificate: 'trusted' }
const UNKNOWN_USERNAME = 'no-such-account'
const generate = promisify(generateKeyPair)

const asConfigured =
  (field: Field) =>
  async (configured: Credentials): Promise<Credentials> => ({ [field]: configured[field] ?? '' })
/** A key that is not registered in the pod. */
const unknownKey = async (): Promise<Credentials> => {
  const { privateKey } = await generate('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return { keyContent: privateKey }
}
const ownKey = async (configured: Credentials): Promise<Credentials> => ({ keyContent: proofFrom(configured).pem })

/** By the words of a feature. */
const WAYS: Readonly<Record<string, Way>> = {
  'a key in a file': { options: {}, field: 'keyPath', live: asConfigured('keyPath') },
  'a key': { options: {}, field: 'keyContent', live: asConfigured('keyContent') },
  'a certificate in a file': { options: trusted, field: 'certificatePath', live: asConfigured('certificatePath') },
  'a certificate': { options: trusted, field: 'certificateContent', live: asConfigured('certificateContent') },
  'an unregistered key': { options: { key: 'foreign' }, field: 'keyContent', live: unknownKey },
  'an unknown username': { options: {}, field: 'keyContent', live: unknownKey, username: UNKNOWN_USERNAME },
  'an expired token': { options: {}, field: 'keyContent', live: ownKey, lifetime: -10 },
  'an untrusted certificate': { options: { certificate: 'untrusted' }, field: 'certificateContent' },
  'a certificate without the entitlement': {
    options: { ...trusted, lacks: ['certificateAuthentication'] },
    field: 'certificateContent',
  },
}

/** The credentials that the scenario signs in with: on a sandbox a bot is registered with them, live they are those configured. */
export async function prepare(state: SymphonyState, words: string): Promise<void> {
  if (words === 'the configured credentials') return
  const way = WAYS[words]
  if (!way) throw new Error(`There are no credentials "${words}"; there are: ${Object.keys(WAYS).join(', ')}.`)
  const { people } = state.world.access
  const credentials = people instanceof SandboxPeople ? await registered(state, people, way) : await configured(state, way, words)
  state.credentials = { ...credentials, ...(way.username ? { username: way.username } : {}) }
  state.lifetime = way.lifetime
}

async function registered(state: SymphonyState, people: SandboxPeople, { options, field }: Way): Promise<Credentials> {
  const { username = '', keyContent = '', certificateContent = '' } = await people.make('Ada', options)
  const pem = field.startsWith('key') ? keyContent : certificateContent
  return { username, [field]: field.endsWith('Path') ? fileWith(state, pem) : pem }
}

async function configured(state: SymphonyState, { live }: Way, words: string): Promise<Credentials> {
  if (!live) throw new Error(`Live there is no way to get ${words}: a scenario about it must be gated.`)
  const own = await state.world.access.people.person('Ada')
  return { username: own.username ?? '', ...(await live(own)) }
}

function fileWith(state: SymphonyState, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'))
  state.world.closeAfterScenario(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'credentials.pem')
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
