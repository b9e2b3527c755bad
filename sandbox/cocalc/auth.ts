import type { Cocalc } from './context'
import { BareError } from './errors'
import type { Identity } from './keys'

const HUB_WANTS_KEY = 'must be signed in and MUST provide an api key (cookies are not allowed)'

/** The account that calls the hub; a project's key does not identify one. */
export async function accountOf(cocalc: Cocalc, authorization: string | undefined): Promise<string> {
  const identity = await identify(cocalc, authorization)
  if (!identity?.accountId) throw new BareError(HUB_WANTS_KEY)
  return identity.accountId
}

/** The caller of a project: an account, or a project by its own key. */
export async function callerOf(cocalc: Cocalc, authorization: string | undefined): Promise<Identity> {
  const identity = await identify(cocalc, authorization)
  if (!identity) throw new BareError('must sign in as project or account')
  return identity
}

async function identify(cocalc: Cocalc, authorization: string | undefined): Promise<Identity | undefined> {
  return cocalc.keys.identify(keyIn(authorization))
}

/** `Basic base64(key:anything)` or `Bearer key`, the scheme in exactly this case. */
function keyIn(authorization: string | undefined): string {
  if (authorization === undefined) throw new BareError('You must provide authentication via an API key.')
  const [scheme, value = ''] = authorization.trim() === '' ? [undefined] : authorization.trim().split(/\s+/)
  if (scheme === 'Bearer') return value
  if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':')[0] ?? ''
  throw new BareError(`Unknown authorization type '${scheme}'`)
}
