import type { HubCall, HubFunctions } from '../context'
import { matches } from '../keys'
import { isSiteAdmin } from '../members'
import { text } from '../values'
import { manageApiKeys } from './api-keys'
import { newAuthToken } from './tokens'
import { userSearch } from './user-search'

const CUSTOMIZE: Readonly<Record<string, unknown>> = {
  siteName: 'Open CoCalc',
  siteDescription: 'Collaborative Calculation using Python, Sage, R, Julia, and more.',
  helpEmail: '',
  dns: '',
  jupyterApiEnabled: false,
}

export const system: HubFunctions = {
  ping: { plain: true, run: async () => ({ now: Date.now() }) },
  test: { run: async ({ accountId }) => ({ account_id: accountId, server_time: Date.now() }) },
  getNames: { plain: true, run: (call, [ids]) => getNames(call, ids) },
  getCustomize: {
    plain: true,
    run: async (_call, [names]) => {
      const wanted = Array.isArray(names) ? names.map(String) : Object.keys(CUSTOMIZE)
      return Object.fromEntries(wanted.flatMap((name) => (Object.hasOwn(CUSTOMIZE, name) ? [[name, CUSTOMIZE[name]]] : [])))
    },
  },
  userSearch: { run: userSearch },
  manageApiKeys: { run: manageApiKeys },
  revokeUserAuthToken: {
    plain: true,
    run: async ({ db }, [token]) => {
      await db.query('DELETE FROM auth_tokens WHERE auth_token = $1', [token ?? null])
      return null
    },
  },
  userTracking: { run: noted },
  logClientError: { run: noted },
  webappError: { run: noted },
  generateUserAuthToken: { run: (call, args) => generateUserAuthToken(call, args) },
}

/** Reports from browsers are accepted and ignored. */
async function noted(): Promise<null> {
  return null
}

interface Named {
  account_id: string
  first_name: string | null
  last_name: string | null
  profile: unknown
}

async function getNames({ db }: HubCall, ids: unknown): Promise<Record<string, unknown>> {
  if (!Array.isArray(ids)) throw new TypeError('account_ids is not iterable')
  if (ids.length === 0) return {}
  const rows = await db.query<Named>(
    `SELECT account_id, first_name, last_name, profile FROM accounts WHERE account_id = ANY($1::uuid[]) AND deleted IS NOT TRUE`,
    [ids],
  )
  const known = new Map(rows.map((row) => [row.account_id, row]))
  return Object.fromEntries(ids.map((id: string) => [id, nameOf(known.get(id.toLowerCase()))]))
}

function nameOf(row: Named | undefined): Record<string, unknown> {
  if (!row) return { first_name: 'Deleted', last_name: 'User' }
  const [first, last] = [row.first_name?.trim() ?? '', row.last_name?.trim() ?? '']
  const named = first || last ? { first_name: first, last_name: last } : { first_name: 'No', last_name: 'Name' }
  return { ...named, profile: row.profile }
}

/** A site admin may sign in as any account, others only with that account's password. */
async function generateUserAuthToken(call: HubCall, args: Record<string, unknown>): Promise<string> {
  const { db, accountId } = call
  const admin = await isSiteAdmin(db, accountId)
  if (!admin) {
    const [row] = await db.query<{ password_hash: string | null }>('SELECT password_hash FROM accounts WHERE account_id = $1', [
      args.user_account_id,
    ])
    if (!row?.password_hash || !matches(text(args.password) ?? '', row.password_hash)) throw new Error('incorrect password')
  }
  return newAuthToken(call, String(args.user_account_id), { isAdmin: admin })
}
