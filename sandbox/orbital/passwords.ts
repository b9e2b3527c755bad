import { pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto'

/**
 * Whether a password fits a hash in one of the forms backends keep in `password_hash`: bcrypt (`$2b$…`), which the suite writes,
 * Django's and Werkzeug's PBKDF2 and Werkzeug's scrypt.
 */
export async function fits(password: string, hash: string | null): Promise<boolean> {
  if (hash === null) return false
  if (/^\$2[aby]\$/.test(hash)) {
    const { compare } = await import('bcryptjs')
    return compare(password, hash)
  }
  const [method = '', ...rest] = hash.split('$')
  if (method === 'pbkdf2_sha256') return django(password, rest)
  const [salt = '', digest = ''] = rest
  if (method.startsWith('pbkdf2:'))
    return same(pbkdf2Sync(password, salt, Number(method.split(':')[2]), digest.length / 2, 'sha256'), digest)
  if (method.startsWith('scrypt:')) return same(scrypt(password, salt, method, digest.length / 2), digest)
  return false
}

function django(password: string, [rounds, salt = '', digest = '']: string[]): boolean {
  const wanted = Buffer.from(digest, 'base64')
  return same(pbkdf2Sync(password, salt, Number(rounds), wanted.length, 'sha256'), wanted.toString('hex'))
}

function scrypt(password: string, salt: string, method: string, length: number): Buffer {
  const [, cost, blockSize, parallelization] = method.split(':').map(Number)
  const options = { N: cost ?? 32_768, r: blockSize ?? 8, p: parallelization ?? 1, maxmem: 256 * 1024 * 1024 }
  return scryptSync(password, salt, length, options)
}

function same(made: Buffer, hex: string): boolean {
  const wanted = Buffer.from(hex, 'hex')
  return wanted.length === made.length && timingSafeEqual(made, wanted)
}
