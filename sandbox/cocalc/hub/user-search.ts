import type { Arguments, HubCall } from '../context'
import { mustBeSiteAdmin } from '../members'
import { isEmail, isUuid, text } from '../values'

interface Found {
  account_id: string
  first_name: string | null
  last_name: string | null
  name: string | null
  last_active: Date | null
  created: Date | null
  email_address: string | null
  email_address_verified: Record<string, unknown> | null
  banned: boolean | null
}

const DEFAULT_LIMIT = 20
const LIMIT = 50
const ADMIN_LIMIT = 2_500
const COLUMNS = 'account_id, first_name, last_name, name, last_active, created, email_address, email_address_verified, banned'

/** By id, by e-mail, or by words that must all occur in the names; newest activity first. */
export async function userSearch(call: HubCall, args: Arguments): Promise<unknown[]> {
  const query = text(args.query)?.trim() ?? ''
  const asAdmin = args.admin === true
  if (asAdmin) await mustBeSiteAdmin(call, 'Must be an admin to do admin search.')
  if (query === '') return []
  if (isUuid(query) || isEmail(query)) return byKey(call, isUuid(query) ? 'account_id' : 'email_address', query)
  const { emails, words } = partsOf(query)
  const limit = Math.min(typeof args.limit === 'number' ? args.limit : DEFAULT_LIMIT, asAdmin ? ADMIN_LIMIT : LIMIT)
  const { where, values } = condition(emails, args.only_email === true ? [] : words, asAdmin)
  const rows = where ? await select(call, where, values, limit) : []
  return rows.map((row) => shown(row, { email: asAdmin || emails.includes(row.email_address ?? ''), admin: asAdmin }))
}

async function byKey(call: HubCall, column: 'account_id' | 'email_address', key: string): Promise<unknown[]> {
  const rows = await select(call, `${column} = $1 AND deleted IS NOT TRUE`, [key.toLowerCase()], 1)
  return rows.map((row) => shown(row, { email: column === 'email_address' }))
}

/** Pieces end at newlines, commas and semicolons; one with an `@` that is not its start is an e-mail, others are words. */
function partsOf(query: string): { emails: string[]; words: string[][] } {
  const pieces = query
    .toLowerCase()
    .split(/[\n,;]/)
    .map((piece) => piece.trim())
    .filter(Boolean)
  return {
    emails: pieces.filter((piece) => piece.indexOf('@') > 0),
    words: pieces.filter((piece) => piece.indexOf('@') <= 0).map((piece) => piece.split(/\s+/)),
  }
}

function condition(emails: string[], words: string[][], asAdmin: boolean): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const term = (word: string): string => {
    const inside = bind(`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
    const fields = [`first_name ILIKE ${inside}`, `last_name ILIKE ${inside}`, `('@' || name) ILIKE ${inside}`]
    if (asAdmin) fields.push(`email_address ILIKE ${inside}`)
    return `(${fields.join(' OR ')})`
  }
  const named = words.map((terms) => `(${terms.map(term).join(' AND ')}${asAdmin ? '' : ' AND unlisted IS NOT TRUE'})`)
  const alternatives = emails.length > 0 ? [`email_address = ANY(${bind(emails)})`, ...named] : named
  return { where: alternatives.length > 0 ? `(${alternatives.join(' OR ')}) AND deleted IS NOT TRUE` : '', values }
}

function select({ db }: HubCall, where: string, values: readonly unknown[], limit: number): Promise<Found[]> {
  return db.query<Found>(
    `SELECT ${COLUMNS} FROM accounts WHERE ${where}
     ORDER BY greatest(last_active, created) DESC NULLS LAST LIMIT ${Math.max(0, Math.floor(limit))}`,
    values,
  )
}

function shown(row: Found, { email = false, admin = false } = {}): Record<string, unknown> {
  const { account_id, first_name, last_name, name, email_address, email_address_verified, banned } = row
  return {
    account_id,
    first_name,
    last_name,
    name,
    last_active: row.last_active?.getTime() ?? null,
    created: row.created?.getTime() ?? null,
    email_address_verified: email_address_verified && email_address ? email_address in email_address_verified : null,
    ...(email ? { email_address } : {}),
    ...(admin ? { banned } : {}),
  }
}
