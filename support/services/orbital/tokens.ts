import { randomUUID } from 'node:crypto'

const HOUR = 3_600

/** Flaws of a token, by their words in sentences; a token with any of them must be refused. */
export const FLAWED: Readonly<Record<string, (userId: string, secret: string) => Promise<string | undefined>>> = {
  'no access token': async () => undefined,
  'a malformed access token': async () => 'not.a.token',
  'an access token signed by another secret': (userId) => signed(userId, randomUUID()),
  'an expired access token': (userId, secret) => signed(userId, secret, -HOUR),
  'an unsigned access token': async (userId) =>
    `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: userId, exp: now() + HOUR })}.`,
}

/** An HS256 token of a user. @param seconds until it expires; negative: since it expired */
export async function signed(userId: string, secret: string, seconds = HOUR): Promise<string> {
  const { SignJWT } = await import('jose')
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(userId)
    .setExpirationTime(now() + seconds)
    .sign(Buffer.from(secret))
}

function now(): number {
  return Math.floor(Date.now() / 1_000)
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
