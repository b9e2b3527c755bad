import type { Arguments, HubCall, HubFunctions } from '../context'
import { matches } from '../keys'
import { isSiteAdmin } from '../members'
import { text } from '../values'
import { manageApiKeys } from './api-keys'
import { expireToken, newAuthToken } from './tokens'
import { userSearch } from './user-search'

const CUSTOMIZE: Readonly<Record<string, unknown>> = {
  siteName: 'Open CoCalc',
  siteDescription: 'Collaborative Calculation using Python, Sage, R, Julia, and more.',
  helpEmail: '',
  dns: '',
  jupyterApiEnabled: false,
}

/** Reports from browsers are accepted and ignored. */
const ignored = async (): Promise<void> => undefined

export const system: HubFunctions = {
  ping: { plain: async () => ({ now: Date.now() }) },
  test: async ({ accountId }) => ({ account_id: accountId, server_time: Date.now() }),
  getNames: { plain: getNames },
  getCustomize: {
    plain: async (_call, [names]) => {
      const wanted = Array.isArray(names) ? names.map(String) : Object.keys(CUSTOMIZE)
      return Object.fromEntries(wanted.flatMap((name) => (Object.hasOwn(CUSTOMIZE, name) ? [[name, CUSTOMIZE[name]]] : [])))
    },
  },
  userSearch,
  manageApiKeys,
  revokeUserAuthToken: { plain: (call, [token]) => expireToken(call, { token }) },
  userTracking: ignored,
  logClientError: ignored,
  webappError: ignored,
  generateUserAuthToken,
}

interface Named {
  account_id: string
  first_name: string | null
  last_name: string | null
  profile: unknown
}

async function getNames({ db }: HubCall, [ids]: readonly unknown[]): Promise<Record<string, unknown>> {
  if (!Array.isArray(ids)) throw new TypeError('account_ids is not iterable')
  if (ids.length === 0) return {}
  const rows = await db.sql<Named>`
    SELECT account_id, first_name, last_name, profile FROM accounts WHERE account_id = ANY(${ids}::uuid[]) AND deleted IS NOT TRUE`
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
async function generateUserAuthToken(call: HubCall, { user_account_id: id, password }: Arguments): Promise<string> {
  const isAdmin = await isSiteAdmin(call)
  if (!isAdmin) {
    const [row] = await call.db.sql<{ hash: string | null }>`SELECT password_hash AS hash FROM accounts WHERE account_id = ${id}`
    if (!row?.hash || !matches(text(password) ?? '', row.hash)) throw new Error('incorrect password')
  }
  return newAuthToken(call, String(id), { isAdmin })
}
