import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import { ApiError } from '../../http/errors'
import type { UndoTable } from '../../undo/undo'
import { type Cleanup, whyItStays } from './cleanup-settings'
import type { Hub } from './client/client'
import type { Database } from './database'
import { removeAccount, removeMessage, removeOrganization, removeProject, removeTokensOf } from './hard-delete'

/** What is needed to bring things on CoCalc to their end. */
export interface CocalcClients {
  hub: Hub
  cleanup: Cleanup
  /** Absent where the clean-up of the database is off, or nobody said where it is. */
  database: Database | undefined
  /** Sign-in tokens this process got, by the account they sign in. No journal may hold them. */
  tokens: Map<string, string>
}

/** An account's first project is made just after it; ms. */
const FIRST_PROJECT_WITHIN = 3_000
/** As many as CoCalc lists at once. */
const MOST_MESSAGES = 500
/** Sign-in tokens end by themselves after a day. */
const DAY = 24 * 3_600_000

/** How each kind of thing made on CoCalc comes to its end: stopped and marked by the API, its row removed from the database. */
export const undo = {
  project: {
    ends: 'removed',
    undo: async ({ hub, cleanup, database }, { id }) => {
      await unlessRefused(() => hub.projects.stop(id))
      if (cleanup.kind !== 'off') await unlessRefused(() => hub.projects.delete(id))
      await removeProject(reachable(cleanup, database), id)
    },
    hasEnded: (clients, { id }) => isGone(clients, 'projects WHERE project_id = $1::uuid', id),
    find: async ({ hub }, { name }) => (await hub.projects.get({ all: true })).find(({ title }) => title === name)?.project_id,
  },
  account: {
    ends: 'removed',
    undo: async ({ cleanup, database }, { id }) => {
      const reached = reachable(cleanup, database)
      await firstProject(reached, id)
      await removeAccount(reached, id)
    },
    hasEnded: (clients, { id }) => isGone(clients, 'accounts WHERE account_id = $1::uuid', id),
    find: async ({ hub }, { name }) => (await hub.system.userSearch(emailOf(name)))[0]?.account_id,
  },
  organization: {
    ends: 'removed',
    undo: async ({ cleanup, database }, { id }) => void (await removeOrganization(reachable(cleanup, database), id)),
    hasEnded: (clients, { id }) => isGone(clients, 'organizations WHERE name = $1', id),
    find: async ({ hub }, { name }) => ((await isThere(() => hub.org.get(name))) ? name : undefined),
  },
  message: {
    ends: 'removed',
    undo: async ({ cleanup, database }, { id }) => void (await removeMessage(reachable(cleanup, database), id)),
    hasEnded: (clients, { id }) => isGone(clients, 'messages WHERE id = $1::int', id),
    find: async ({ hub }, { name }) => {
      const sent = await hub.messages.get({ type: 'sent', limit: MOST_MESSAGES })
      const found = sent.find(({ subject }) => subject.includes(name))
      return found && String(found.id)
    },
  },
  token: {
    ends: 'removed',
    deadline: DAY,
    undo: async ({ hub, cleanup, database, tokens }, { id }) => {
      const token = tokens.get(id)
      if (token !== undefined) await hub.org.expireToken(token)
      else await removeTokensOf(reachable(cleanup, database), id)
    },
    hasEnded: async (clients, { id }) =>
      clients.database ? isGone(clients, 'auth_tokens WHERE account_id = $1::uuid', id) : clients.tokens.has(id),
    find: async (_clients, { data }) => data.account,
  },
  /** An account that is not the run's goes back to the organization it was in before, or to none. */
  membership: {
    ends: 'restored',
    undo: async ({ hub }, { id, data: { before, organization = '' } }) =>
      before ? hub.org.addUser(before, id) : hub.org.removeUser(organization, id),
    hasEnded: async ({ hub }, { id, data: { before } }) => (await organizationOf(hub, id)) === before,
    find: async (_clients, { data }) => data.account,
  },
} satisfies UndoTable<CocalcClients>

/** The e-mail address of an account that was given this name: lower case, for a search looks for no other. */
export function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.org`
}

/** The name of the organization an account is in, which only a site admin may ask; empty where it is in none. */
export async function organizationOf(hub: Hub, accountId: string): Promise<string> {
  const { accounts } = await hub.db.query({ accounts: { org: null } }, [{ account_id: accountId }])
  return (accounts as { org?: string | null } | undefined)?.org ?? ''
}

/** @throws saying why the row stays */
function reachable(cleanup: Cleanup, database: Database | undefined): Database {
  if (cleanup.kind === 'database' && database) return database
  throw new Error(cleanup.kind === 'database' ? 'the database is not open' : whyItStays(cleanup))
}

/** What CoCalc refuses (it is gone already, say) does not keep the row from being removed. */
async function unlessRefused(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}

async function isThere(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    if (error instanceof ApiError && error.isRefusal) return false
    throw error
  }
}

async function isGone({ database }: CocalcClients, rows: string, id: string): Promise<boolean> {
  return (await database?.count(rows, [id])) === 0
}

/** Removed before it has come, it would stay: it is waited for, where there is an account to have one. */
async function firstProject(database: Database, id: string): Promise<void> {
  if ((await database.count('accounts WHERE account_id = $1::uuid', [id])) === 0) return
  const check = async (): Promise<void> => {
    expect(await database.count('projects WHERE users ? $1::text', [id]), 'projects of the account').to.be.greaterThan(0)
  }
  await eventually(check, { timeout: FIRST_PROJECT_WITHIN }).catch(() => undefined)
}
