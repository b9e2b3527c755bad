import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { invalidToken, notAuthenticated, refuse } from './errors'
import type { UserRow } from './model'
import type { ColonyStore } from './store'

const LIFETIME_SECONDS = 24 * 3_600

/** Makes and reads the service's bearer tokens: HS256 JWTs whose `sub` is the account, good for 24 hours. */
export class TokenOffice {
  private serial = 0

  constructor(
    private readonly store: ColonyStore,
    private readonly secret: string,
  ) {}

  issue(userId: string, lifetime = LIFETIME_SECONDS): string {
    const issued = Math.floor(Date.now() / 1_000)
    const head = encode({ alg: 'HS256', typ: 'JWT' })
    const claims = encode({ sub: userId, iat: issued, exp: issued + lifetime, issued_at: Date.now(), jti: `${++this.serial}` })
    return `${head}.${claims}.${this.sign(`${head}.${claims}`)}`
  }

  /** The account a request speaks for, or nobody where it brings no usable token. */
  visitor(request: FastifyRequest): UserRow | undefined {
    const token = bearerOf(request)
    const user = token === undefined ? undefined : this.read(token)
    return user?.isActive && !this.isRevoked(user, token ?? '') ? user : undefined
  }

  /**
   * The account of a route that needs one.
   * @param without the status without any credentials: 403 on most routes, 401 on a few
   * @throws 401 for a token that is malformed, unknown or expired
   */
  account(request: FastifyRequest, without: 401 | 403 = 403): UserRow {
    const token = bearerOf(request)
    if (token === undefined) throw notAuthenticated(without)
    const user = this.read(token)
    if (!user) throw invalidToken()
    if (this.isRevoked(user, token)) throw refuse(401, 'AUTH_TOKEN_REVOKED', 'This token has been revoked')
    if (!user.isActive) throw refuse(403, 'AUTH_USER_INACTIVE', 'This account is deactivated')
    return user
  }

  /** An operator's reset of a key revokes the tokens that came from it; the owner's own rotation does not. */
  private isRevoked({ revokedAt }: UserRow, token: string): boolean {
    return revokedAt !== null && claimsOf(token).issued_at <= revokedAt
  }

  private read(token: string): UserRow | undefined {
    const [head = '', claims = '', signature = ''] = token.split('.')
    const expected = Buffer.from(this.sign(`${head}.${claims}`))
    const given = Buffer.from(signature)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
    const { sub, exp } = claimsOf(token)
    if (exp * 1_000 <= Date.now() || this.store.data.deadTokens.has(token)) return undefined
    return this.store.user(sub)
  }

  private sign(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('base64url')
  }
}

function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && token ? token : undefined
}

interface Claims {
  sub: string
  exp: number
  /** Like `iat`, in milliseconds. */
  issued_at: number
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
