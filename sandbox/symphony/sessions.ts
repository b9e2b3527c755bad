import { createPublicKey, randomBytes } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { unauthorized } from './errors'
import type { SessionRow, UserRow } from './model'
import type { SymphonyStore } from './store'

/** A pod's tokens are valid from an hour to two weeks. */
const LIFETIME = 3_600_000
/** A JWT may be valid for five minutes at most; a little more allows for clock differences. */
const LONGEST_JWT = 300
const TOLERANCE = 10

/** Authenticates requests for tokens, issues tokens, and verifies them. */
export class SessionStore {
  constructor(private readonly store: SymphonyStore) {}

  /**
   * The service account of a JWT: RS512, signed with the key registered for its subject, expiring within five minutes.
   * @throws 401
   */
  async accountOf(token: unknown): Promise<UserRow> {
    if (typeof token !== 'string' || token === '') throw unauthorized('The JWT is missing')
    const user = this.store.usernamed(subjectOf(token))
    if (!user?.publicKey) throw unauthorized('The JWT names no service account of this pod')
    await verify(token, user.publicKey)
    if (!user.active) throw unauthorized('The account is deactivated')
    return user
  }

  issue(user: UserRow, kind: SessionRow['kind']): { name: string; token: string } {
    const token = randomBytes(48).toString('hex')
    this.store.data.sessions.set(token, { kind, userId: user.id, expires: Date.now() + LIFETIME })
    return { name: kind === 'session' ? 'sessionToken' : 'keyManagerToken', token }
  }

  read(token: unknown, kind: SessionRow['kind']): UserRow | undefined {
    const session = typeof token === 'string' ? this.store.data.sessions.get(token) : undefined
    if (!session || session.kind !== kind || session.expires <= Date.now()) return undefined
    const user = this.store.user(session.userId)
    return user?.active ? user : undefined
  }

  end(token: unknown): void {
    this.store.data.sessions.delete(String(token))
  }

  /** Expires all tokens of the account. */
  expire(userId: number): void {
    for (const session of this.store.data.sessions.values()) if (session.userId === userId) session.expires = 0
  }
}

function subjectOf(token: string): string {
  try {
    const { alg } = decodeProtectedHeader(token)
    if (alg !== 'RS512') throw unauthorized('The JWT must be signed with RS512')
    return decodeJwt(token).sub ?? ''
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw unauthorized('The JWT is malformed')
    throw error
  }
}

async function verify(token: string, publicKey: string): Promise<void> {
  try {
    const { payload } = await jwtVerify(token, createPublicKey(publicKey), {
      algorithms: ['RS512'],
      requiredClaims: ['sub', 'exp'],
    })
    if ((payload.exp ?? 0) > Date.now() / 1_000 + LONGEST_JWT + TOLERANCE)
      throw unauthorized('The JWT expires more than 5 minutes from now')
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthorized('The JWT has expired')
    if (error instanceof errors.JWSSignatureVerificationFailed)
      throw unauthorized('The signature of the JWT does not match the key registered for the account')
    if (error instanceof errors.JOSEError) throw unauthorized(`The JWT is not valid: ${error.message}`)
    throw error
  }
}
