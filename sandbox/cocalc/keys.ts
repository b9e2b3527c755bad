import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from './database'
import { randomText } from './values'

/** The owner of a key. */
export type Identity = { accountId: string; projectId?: undefined } | { projectId: string; accountId?: undefined }

export interface KeyRow {
  id: number
  account_id: string
  project_id: string | null
  expire: Date | null
  created: Date
  name: string | null
  trunc: string
  last_active: Date | null
}

interface StoredKey extends KeyRow {
  hash: string
}

export const SHOWN = 'id, account_id, expire, created, name, trunc, last_active'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 6
const KEY = /^sk-[A-Za-z0-9]{22}$/
const ITERATIONS = 1_000

/** `sha512$salt$iterations$digest`, as CoCalc stores passwords and keys. */
export function hashOf(secret: string, salt = randomBytes(16).toString('hex'), iterations = ITERATIONS): string {
  return `sha512$${salt}$${iterations}$${pbkdf2Sync(secret, salt, iterations, 64, 'sha512').toString('hex')}`
}

export function matches(secret: string, stored: string): boolean {
  const [, salt = '', iterations = '1'] = stored.split('$')
  const [one, other] = [Buffer.from(hashOf(secret, salt, Number(iterations))), Buffer.from(stored)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Owner and expiry of a new key. */
export interface NewKey {
  accountId: string
  projectId?: string | undefined
  name?: string | undefined
  expire?: string | undefined
}

/** Creates keys and finds their owners. The last six characters of a key are the number of its row. */
export class Keys {
  /** Digests of keys that matched a stored hash before: the slow comparison is done once per key. */
  private readonly matched = new Map<string, string>()

  constructor(private readonly db: Db) {}

  /** The only time the secret is returned. */
  async make(db: Db, { accountId, projectId, name, expire }: NewKey): Promise<KeyRow & { secret: string }> {
    const [row] = await db.query<KeyRow>(
      `INSERT INTO api_keys (account_id, project_id, created, name, expire) VALUES ($1, $2, now(), $3, $4) RETURNING ${SHOWN}`,
      [accountId, projectId, name, expire],
    )
    if (!row) throw new Error('the key was not stored')
    const secret = `sk-${randomText(16)}${base62(row.id)}`
    const trunc = `sk-...${secret.slice(-ID_LENGTH)}`
    await db.sql`UPDATE api_keys SET hash = ${hashOf(secret)}, trunc = ${trunc} WHERE id = ${row.id}`
    return { ...row, trunc, secret }
  }

  /** Undefined where the key is unknown, malformed, expired, or its owner is banned or no longer on the project. */
  async identify(secret: string): Promise<Identity | undefined> {
    const row = KEY.test(secret) ? await this.find(secret) : undefined
    if (!row) return this.legacy(secret)
    if (row.expire && row.expire.getTime() <= Date.now()) return this.forget(row)
    if (await this.ownerIsOut(row)) return undefined
    if (row.project_id && !(await this.stillOn(row.project_id, row.account_id))) return this.forget(row)
    await this.db.sql`UPDATE api_keys SET last_active = now() WHERE id = ${row.id}`
    return row.project_id ? { projectId: row.project_id } : { accountId: row.account_id }
  }

  private async find(secret: string): Promise<StoredKey | undefined> {
    const [row] = await this.db.sql<StoredKey>`SELECT * FROM api_keys WHERE id = ${number(secret.slice(-ID_LENGTH))}`
    if (!row) return undefined
    const digest = createHash('sha256').update(secret).digest('hex')
    if (this.matched.get(digest) === row.hash) return row
    if (!matches(secret, row.hash)) return undefined
    this.matched.set(digest, row.hash)
    return row
  }

  /** Old accounts store their key in plain text. */
  private async legacy(secret: string): Promise<Identity | undefined> {
    if (!/^sk[-_]/.test(secret)) return undefined
    const [account] = await this.db.sql<{ accountId: string }>`
      SELECT account_id AS "accountId" FROM accounts WHERE api_key = ${secret} AND banned IS NOT TRUE AND deleted IS NOT TRUE`
    return account
  }

  private async ownerIsOut({ account_id }: StoredKey): Promise<boolean> {
    const owners = await this.db.sql`
      SELECT 1 FROM accounts WHERE account_id = ${account_id} AND banned IS NOT TRUE AND deleted IS NOT TRUE`
    return owners.length === 0
  }

  private async stillOn(projectId: string, accountId: string): Promise<boolean> {
    return (await this.db.sql`SELECT 1 FROM projects WHERE project_id = ${projectId} AND users ? ${accountId}`).length > 0
  }

  private async forget({ id }: StoredKey): Promise<undefined> {
    await this.db.sql`DELETE FROM api_keys WHERE id = ${id}`
    return undefined
  }
}

function base62(value: number): string {
  let digits = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / BASE62.length)) digits = BASE62[rest % BASE62.length] + digits
  return digits.padStart(ID_LENGTH, '0')
}

/** A number above PostgreSQL's integer range is not the number of a row. */
function number(digits: string): number {
  const value = [...digits].reduce((total, digit) => total * BASE62.length + BASE62.indexOf(digit), 0)
  return value > 2 ** 31 - 1 ? 0 : value
}
