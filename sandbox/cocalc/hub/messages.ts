import type { Arguments, HubCall, HubFunctions } from '../context'
import { BareError, cannotRead } from '../errors'
import { isEmail, isUuid, own } from '../values'

export const messages: HubFunctions = { send, get }

async function send(call: HubCall, args: Arguments): Promise<number | null> {
  if (!Array.isArray(args.to_ids)) throw cannotRead('filter')
  const recipients = await recipientsOf(call, args.to_ids.map(String))
  return post(call, recipients, args)
}

/** @returns the message's number, or null where no recipient remains */
export async function post({ db, accountId }: HubCall, recipients: readonly string[], args: Arguments): Promise<number | null> {
  if (recipients.length === 0) return null
  const { subject = null, body = null, reply_id = null } = args
  const [row] = await db.sql<{ id: number }>`
    INSERT INTO messages (from_id, to_ids, subject, body, thread_id, sent)
    VALUES (${accountId}, ${recipients}::uuid[], ${subject}, ${body},
      (SELECT coalesce(thread_id, id) FROM messages WHERE id = ${reply_id}), now()) RETURNING id`
  await db.sql`UPDATE accounts SET unread_message_count = coalesce(unread_message_count, 0) + 1
    WHERE account_id = ANY(${recipients}::uuid[])`
  return row?.id ?? null
}

interface Account {
  account_id: string
}

/** Accounts by id or by exact e-mail. If one entry is an e-mail, entries that are neither are skipped. */
async function recipientsOf({ db }: HubCall, entries: string[]): Promise<string[]> {
  const mixed = entries.some((entry) => entry.includes('@'))
  const ids = mixed ? entries.filter(isUuid) : entries
  const emails = mixed ? entries.filter(isEmail) : []
  const known = await db.sql<Account>`SELECT account_id FROM accounts WHERE account_id = ANY(${ids}::uuid[])`
  const there = new Set(known.map(({ account_id }) => account_id))
  const unknown = ids.find((id) => !there.has(id.toLowerCase()))
  if (unknown !== undefined) throw new Error(`invalid account_id -- ${unknown}`)
  const found = await db.sql<Account>`SELECT account_id FROM accounts WHERE email_address = ANY(${emails})`
  return [...new Set([...ids.map((id) => id.toLowerCase()), ...found.map(({ account_id }) => account_id)])]
}

const MOST = 500
const FIELDS = 'id, subject, body, from_id, to_ids, sent, thread_id'

/** One account's bit: 0 is the sender's, i the i-th recipient's. A bit that is not stored is off. */
function bit(column: string, position: string): string {
  return `coalesce(substring(${column}::text from ${position} + 1 for 1) = '1', false)`
}

const RECIPIENT = 'array_position(to_ids, $1::uuid)'

const flagsAt = (position: string): string =>
  ['read', 'saved', 'deleted'].map((name) => `, ${bit(name, position)} AS ${name}`).join('')

const IS_RECIPIENT = '$1::uuid = ANY(to_ids)'
const IS_SENDER = 'from_id = $1::uuid'

const VIEWS: Readonly<Record<string, { where: string; flags?: string }>> = {
  received: { where: IS_RECIPIENT, flags: flagsAt(RECIPIENT) },
  sent: { where: IS_SENDER, flags: flagsAt('0') },
  new: { where: `${IS_RECIPIENT} AND NOT (${['read', 'saved', 'deleted'].map((name) => bit(name, RECIPIENT)).join(' OR ')})` },
  starred: { where: `(${IS_RECIPIENT} AND ${bit('starred', RECIPIENT)}) OR (${IS_SENDER} AND ${bit('starred', '0')})` },
}

async function get({ db, accountId }: HubCall, args: Arguments): Promise<unknown[]> {
  const { limit = 100, offset = 0, type = 'received', cutoff } = args
  if (Number(limit) > MOST) throw new Error(`limit must be at most ${MOST}`)
  const view = own(VIEWS, String(type))
  if (!view) throw new BareError('error: syntax error at or near "undefined"')
  const since = cutoff === undefined ? '' : ' AND sent >= $4::timestamp'
  return db.query(
    `SELECT ${FIELDS}${view.flags ?? ''} FROM messages WHERE (${view.where})${since}
     ORDER BY sent DESC, id DESC LIMIT $2 OFFSET $3`,
    [accountId, limit, offset, ...(since ? [cutoff] : [])],
  )
}
