import type { FastifyRequest } from 'fastify'
import { errors, jwtVerify, SignJWT } from 'jose'
import { invalidToken, notAuthenticated, refuse } from './errors'
import type { UserRow } from './model'
import type { ColonyStore } from './store'

const LIFETIME_SECONDS = 24 * 3_600

/** The content of a request's `Authorization` header. */
interface Bearer {
  token: string
  /** Undefined where the token is malformed, expired or has the signature of another key. */
  claims: Claims | undefined
}

interface Claims {
  userId: string
  /** Like `iat`, in milliseconds. */
  issuedAt: number
}

/** Signs and verifies the service's bearer tokens: HS256 JWTs whose `sub` is the account, valid for 24 hours. */
export class TokenStore {
  private readonly secret: Uint8Array
  private readonly bearers = new WeakMap<FastifyRequest, Bearer>()
  private serial = 0

  constructor(
    private readonly store: ColonyStore,
    secret: string,
  ) {
    this.secret = Buffer.from(secret)
  }

  issue(userId: string): Promise<string> {
    const issued = Math.floor(Date.now() / 1_000)
    return new SignJWT({ issued_at: Date.now() })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuedAt(issued)
      .setExpirationTime(issued + LIFETIME_SECONDS)
      .setJti(String(++this.serial))
      .sign(this.secret)
  }

  /** Verifies the token of a request; `visitor` and `account` know only requests that went through here. */
  async verify(request: FastifyRequest): Promise<void> {
    const token = bearerOf(request)
    if (token !== undefined) this.bearers.set(request, { token, claims: await this.claimsOf(token) })
  }

  /** The account of a request, or undefined where it has no usable token. */
  visitor(request: FastifyRequest): UserRow | undefined {
    const bearer = this.bearers.get(request)
    const user = bearer && this.userOf(bearer)
    return user?.isActive && !isRevoked(user, bearer?.claims) ? user : undefined
  }

  /**
   * The account of a route that needs one.
   * @param without the status without any credentials: 403 on most routes, 401 on a few
   * @throws 401 for a token that is malformed, unknown or expired
   */
  account(request: FastifyRequest, without: 401 | 403 = 403): UserRow {
    const bearer = this.bearers.get(request)
    if (!bearer) throw notAuthenticated(without)
    const user = this.userOf(bearer)
    if (!user) throw invalidToken()
    if (isRevoked(user, bearer.claims)) throw refuse(401, 'AUTH_TOKEN_REVOKED', 'This token has been revoked')
    if (!user.isActive) throw refuse(403, 'AUTH_USER_INACTIVE', 'This account is deactivated')
    return user
  }

  private userOf({ token, claims }: Bearer): UserRow | undefined {
    return claims && !this.store.data.deadTokens.has(token) ? this.store.user(claims.userId) : undefined
  }

  private async claimsOf(token: string): Promise<Claims | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.secret, { algorithms: ['HS256'] })
      return { userId: String(payload.sub), issuedAt: Number(payload.issued_at) }
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }
}

/** An operator's reset of a key revokes the tokens that came from it; the owner's own rotation does not. */
function isRevoked({ revokedAt }: UserRow, claims: Claims | undefined): boolean {
  return revokedAt !== null && claims !== undefined && claims.issuedAt <= revokedAt
}

function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && token ? token : undefined
}
