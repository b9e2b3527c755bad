import type { Settings } from './settings'

/** Signs a token for a user. */
export async function issue(userId: number, { JWT_SECRET_KEY, JWT_EXPIRES_SECONDS }: Settings): Promise<string> {
  const { SignJWT } = await import('jose')
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(String(userId))
    .setExpirationTime(Math.floor(Date.now() / 1000) + JWT_EXPIRES_SECONDS)
    .sign(Buffer.from(JWT_SECRET_KEY))
}

/** The id of the token's user; undefined where it is malformed, unsigned, signed with another key, expired, or without expiry. */
export async function userOf(header: string | undefined, { JWT_SECRET_KEY }: Settings): Promise<number | undefined> {
  const token = /^bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
  if (!token) return undefined
  const { jwtVerify } = await import('jose')
  try {
    const { payload } = await jwtVerify(token, Buffer.from(JWT_SECRET_KEY), {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
    })
    const { sub } = payload
    return typeof sub === 'string' && /^\d{1,15}$/.test(sub) ? Number(sub) : undefined
  } catch {
    return undefined
  }
}
