import { readFileSync } from 'node:fs'
import { UsageError } from '../../config/errors'
import { type Environment, read } from '../../config/variables'
import type { Credentials } from '../service'
import { pemFault, repairedPem } from './pem'

/** The credentials that a bot authenticates with. */
export interface Proof {
  kind: 'key' | 'certificate'
  /** The PEM: a private key, or a private key followed by its certificate. */
  pem: string
  /** The variable it comes from. */
  from: string
}

interface Source {
  field: string
  variable: string
  kind: Proof['kind']
  isPath: boolean
}

/** In the order of precedence. */
export const SOURCES: readonly Source[] = [
  { field: 'keyPath', variable: 'SYMPHONY_BOT_PRIVATE_KEY_PATH', kind: 'key', isPath: true },
  { field: 'keyContent', variable: 'SYMPHONY_BOT_PRIVATE_KEY_CONTENT', kind: 'key', isPath: false },
  { field: 'certificatePath', variable: 'SYMPHONY_BOT_COMBINED_CERT_PATH', kind: 'certificate', isPath: true },
  { field: 'certificateContent', variable: 'SYMPHONY_BOT_COMBINED_CERT_CONTENT', kind: 'certificate', isPath: false },
]

/** For the opening table: which of the four is used, and which others are set. */
export function usedCredential(environment: Environment): string | undefined {
  const [first, ...others] = SOURCES.filter(({ variable }) => read(environment, variable) !== undefined)
  if (!first) return undefined
  const rest = others.length > 0 ? ` (not ${others.map(({ variable }) => variable).join(', ')})` : ''
  return `${first.kind} of ${first.variable}${rest}`
}

/** The first credential that is set. @throws UsageError if there is none, its file cannot be read, or it is not a complete PEM */
export function proofFrom(credentials: Credentials): Proof {
  const source = SOURCES.find(({ field }) => credentials[field])
  if (!source) throw new UsageError(`Symphony needs ${SOURCES.map(({ variable }) => variable).join(' or ')}.`)
  const value = credentials[source.field] ?? ''
  const pem = repairedPem(source.isPath ? contentOf(value, source.variable) : value)
  const fault = faultIn(pem, source.kind)
  if (fault) throw new UsageError(`${source.variable} ${fault}`)
  return { kind: source.kind, pem, from: source.variable }
}

/** What is wrong with a PEM, as the end of a sentence; undefined if it is complete. */
export function faultIn(pem: string, kind: Proof['kind']): string | undefined {
  const text = repairedPem(pem)
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)) return 'must contain a key without a passphrase'
  const missing = [
    ...(/-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+-----END (?:RSA )?PRIVATE KEY-----/.test(text) ? [] : ['a private key']),
    ...(kind === 'key' || /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text) ? [] : ['a certificate']),
  ]
  return missing.length > 0
    ? `must contain ${missing.join(' and ')} as PEM; it ${pemFault(pem) ?? 'contains something else'}`
    : pemFault(pem)
}

function contentOf(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new UsageError(`${variable} names a file that cannot be read (${code}).`)
  }
}
