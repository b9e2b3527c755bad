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

/** Something to show at the door. */
interface Way {
  /** The field of the credentials it stands in. */
  field: Field
  /** What the sandbox is asked to register and to hand out. */
  wishes: Record<string, unknown>
  /** What it comes to live; absent where no one but an administrator could bring it about. */
  live?: (configured: Credentials) => Promise<Credentials>
  username?: string
  /** Seconds the JWT is good for. */
  lifetime?: number
}

const trusted = { certificate: 'trusted' }
const NOBODY = 'nobody-is-called-this'
const generate = promisify(generateKeyPair)

const asConfigured =
  (field: Field) =>
  async (configured: Credentials): Promise<Credentials> => ({ [field]: configured[field] ?? '' })
/** A key the pod has never seen. */
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
  'a key in a file': { wishes: {}, field: 'keyPath', live: asConfigured('keyPath') },
  'a key': { wishes: {}, field: 'keyContent', live: asConfigured('keyContent') },
  'a certificate in a file': { wishes: trusted, field: 'certificatePath', live: asConfigured('certificatePath') },
  'a certificate': { wishes: trusted, field: 'certificateContent', live: asConfigured('certificateContent') },
  'a key that is not its own': { wishes: { key: 'foreign' }, field: 'keyContent', live: unknownKey },
  'an unknown username': { wishes: {}, field: 'keyContent', live: unknownKey, username: NOBODY },
  'a pass that has run out': { wishes: {}, field: 'keyContent', live: ownKey, lifetime: -10 },
  'an untrusted certificate': { wishes: { certificate: 'untrusted' }, field: 'certificateContent' },
  'a certificate it may not use': { wishes: { ...trusted, lacks: ['certificateAuthentication'] }, field: 'certificateContent' },
}

/** The scenario keeps what the bot shall show: on a sandbox a bot is registered for it, live it is what is configured. */
export async function prepare(state: SymphonyState, words: string): Promise<void> {
  const way = WAYS[words]
  if (!way) throw new Error(`There is no way "${words}"; there are: ${Object.keys(WAYS).join(', ')}.`)
  const { people } = state.world.access
  const shown = people instanceof SandboxPeople ? await handedOut(state, people, way) : await configured(state, way, words)
  state.credentials = { ...shown, ...(way.username ? { username: way.username } : {}) }
  state.lifetime = way.lifetime
}

async function handedOut(state: SymphonyState, people: SandboxPeople, { wishes, field }: Way): Promise<Credentials> {
  const { username = '', keyContent = '', certificateContent = '' } = await people.make('Ada', wishes)
  const pem = field.startsWith('key') ? keyContent : certificateContent
  return { username, [field]: field.endsWith('Path') ? fileWith(state, pem) : pem }
}

async function configured(state: SymphonyState, { live }: Way, words: string): Promise<Credentials> {
  if (!live) throw new Error(`Live nobody has ${words} to show: a scenario about it must be gated.`)
  const own = await state.world.access.people.person('Ada')
  return { username: own.username ?? '', ...(await live(own)) }
}

function fileWith(state: SymphonyState, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'))
  state.world.closeAfterScenario(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'proof.pem')
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
