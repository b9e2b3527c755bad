import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { UndoTable } from '../../undo/undo'
import type { Cleanup } from './cleanup-settings'
import type { Hub } from './client/client'
import type { Database } from './database'
import {
  byAccount,
  emailOf,
  findByAccount,
  isOrganization,
  MOST_MESSAGES,
  organizationOf,
  recogniseAccount,
  recogniseKey,
  recogniseMembership,
  recogniseMessage,
  recogniseOrganization,
  recogniseProject,
  recogniseToken,
} from './recognise'
import { FINGERPRINT, removeAccount, removeMessage, removeOrganization, removeProject, removeToken } from './rows'
import type { KnownProject } from './shared-project'
import { type ShutDownTimes, shutDown } from './shut-down'
import type { Person } from './state'

/** What the undo on CoCalc needs. */
export interface CocalcClients {
  hub: Hub
  /** The account of the key. */
  me: string
  cleanup: Cleanup
  /** Proven to be this server's. Absent where rows stay; `whyRowsStay` says why. */
  database: Database | undefined
  whyRowsStay: string
  /** Sign-in tokens that this process has created, by their fingerprint. The journal must not contain them. */
  tokens: Map<string, string>
  times: ShutDownTimes
}

/** Time after which an account's first project exists; ms. */
const FIRST_PROJECT_WITHIN = 3_000
/** Sign-in tokens end by themselves after a day; ms. */
const DAY = 24 * 3_600_000
/** By how much the clocks of CoCalc's database and of this machine may differ; s. */
const CLOCK_TOLERANCE = 60

const BY_ACCOUNT = 'made by the account of the API key'

/** How each kind of thing on CoCalc is undone: stopped and marked by the API, its row removed from the database. */
export const undo = {
  project: {
    ends: 'removed',
    proof: `its id, its title with the run id, and the account of the API key as its owner, which also made it`,
    recognise: byAccount(recogniseProject),
    undo: async (clients, { id, name }) => {
      const { hub, cleanup, times, me } = clients
      await shutDown(hub, id, times, async () => {
        if (cleanup.kind !== 'off') await hub.projects.delete(id)
      })
      await removeProject(reachable(clients), { id, title: name, owner: me })
    },
    hasEnded: (clients, { id }) => isGone(clients, 'public.projects WHERE project_id = $1::uuid', id),
    find: findByAccount(
      async ({ hub }, { name }) => (await hub.projects.get({ all: true })).find(({ title }) => title === name)?.project_id,
    ),
    adopt: async (_clients, { id, name, by, data: { description = '' } }): Promise<KnownProject> => {
      return { id, title: name, description, owner: by }
    },
  },
  account: {
    ends: 'removed',
    proof: `its id, its first name and e-mail address with the run id, ${BY_ACCOUNT}; it owns no project but its first`,
    recognise: byAccount(recogniseAccount),
    undo: async (clients, { id, name }) => {
      const database = reachable(clients)
      await firstProject(database, id)
      await removeAccount(database, { id, email: emailOf(name), firstName: name, givenBy: clients.me })
    },
    hasEnded: (clients, { id }) => isGone(clients, 'public.accounts WHERE account_id = $1::uuid', id),
    find: findByAccount(async ({ hub }, { name }) => (await hub.system.userSearch(emailOf(name)))[0]?.account_id),
    adopt: async (_clients, { id, name, data: { lastName = '' } }): Promise<Person> => {
      return { id, email: emailOf(name), firstName: name, lastName }
    },
  },
  organization: {
    ends: 'removed',
    proof: `its id and its name with the run id, ${BY_ACCOUNT}`,
    recognise: byAccount(recogniseOrganization),
    undo: async (clients, { id, name }) => void (await removeOrganization(reachable(clients), { id, name })),
    hasEnded: (clients, { id }) => isGone(clients, 'public.organizations WHERE organization_id = $1::uuid', id),
    find: findByAccount(async ({ hub, database }, { name }) => {
      if (!database) return (await isOrganization(hub, name)) ? name : undefined
      return firstId(database, 'organization_id::text AS id FROM public.organizations WHERE name = $1', [name])
    }),
    adopt: async (_clients, { id }) => ({ id }),
  },
  message: {
    ends: 'removed',
    proof: 'its number, the account of the API key as its sender, and its subject with the run id',
    recognise: byAccount(recogniseMessage),
    undo: async (clients, { id, name }) =>
      void (await removeMessage(reachable(clients), { id, sender: clients.me, subject: name })),
    hasEnded: (clients, { id }) => isGone(clients, 'public.messages WHERE id = $1::int', id),
    find: findByAccount(async ({ hub, database, me }, { name }) => {
      if (database)
        return firstId(database, 'id::text AS id FROM public.messages WHERE from_id = $1::uuid AND subject = $2', [me, name])
      const sent = await hub.messages.get({ type: 'sent', limit: MOST_MESSAGES })
      const found = sent.find(({ subject }) => subject === name)
      return found && String(found.id)
    }),
    adopt: async (_clients, { id }) => ({ id }),
  },
  token: {
    ends: 'removed',
    proof: `the SHA-256 of the token, ${BY_ACCOUNT}, for an account whose first name holds the run id`,
    deadline: DAY,
    isReplaced: true,
    recognise: byAccount(recogniseToken),
    undo: async (clients, { id, data }) => {
      const token = clients.tokens.get(id)
      if (token !== undefined) await clients.hub.org.expireToken(token)
      else await removeToken(reachable(clients), { fingerprint: id, account: data.for ?? '', givenBy: clients.me })
    },
    hasEnded: async ({ database, tokens }, { id, data }) => {
      if (!database) return tokens.has(id)
      const rows = `public.auth_tokens WHERE account_id = $1::uuid AND ${FINGERPRINT} = $2`
      return (await database.count(rows, [data.for ?? '', id])) === 0
    },
    find: findByAccount(async (clients, { at, data }) =>
      firstId(
        reachable(clients),
        `${FINGERPRINT} AS id FROM public.auth_tokens WHERE account_id = $1::uuid AND created_by = $2::uuid
         AND created >= to_timestamp($3) AT TIME ZONE 'UTC' - make_interval(secs => $4)`,
        [data.for ?? '', clients.me, at / 1_000, CLOCK_TOLERANCE],
      ),
    ),
  },
  /** An account that the run did not create is moved back to its previous organization, or to none. */
  membership: {
    ends: 'restored',
    proof: 'it is in the organization, with the run id in its name, to which the account of the API key moved it',
    recognise: byAccount(recogniseMembership),
    undo: async ({ hub }, { id, data: { before, organization = '' } }) =>
      before ? hub.org.addUser(before, id) : hub.org.removeUser(organization, id),
    hasEnded: async ({ hub }, { id, data: { before } }) => (await organizationOf(hub, id)) === before,
    find: findByAccount(async (_clients, { data }) => data.member),
    adopt: async (_clients, { id }) => ({ id }),
  },
  /** The API key by which the database is proven to be this server's; it is deleted at once, and after an interrupt here. */
  key: {
    ends: 'removed',
    proof: 'its number, its name with the run id, among the keys of the account that made it',
    recognise: byAccount(recogniseKey),
    undo: ({ hub }, { id }) => hub.system.deleteKey(Number(id)),
    hasEnded: async (clients, entry) => (await recogniseKey(clients, entry)) === 'gone',
    find: findByAccount(async ({ hub }, { name }) => {
      const found = (await hub.system.keys()).find((key) => key.name === name)
      return found && String(found.id)
    }),
  },
} satisfies UndoTable<CocalcClients>

/** What a journal may contain of a sign-in token. */
export function fingerprintOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** @throws with the reason why the row stays */
function reachable({ database, whyRowsStay }: CocalcClients): Database {
  if (!database) throw new Error(whyRowsStay)
  return database
}

async function isGone({ database }: CocalcClients, rows: string, id: string): Promise<boolean> {
  return (await database?.count(rows, [id])) === 0
}

/** @param sql what follows SELECT */
async function firstId(database: Database, sql: string, values: readonly unknown[]): Promise<string | undefined> {
  return (await database.rows<{ id: string }>(`SELECT ${sql} LIMIT 1`, values))[0]?.id
}

/** Waits until an account's first project exists: created after the removal, it would stay. */
async function firstProject(database: Database, id: string): Promise<void> {
  const check = async (): Promise<void> => {
    const projects = await database.count('public.projects WHERE users ? $1::text', [id])
    expect(projects, 'projects of the account').to.be.greaterThan(0)
  }
  await eventually(check, { timeout: FIRST_PROJECT_WITHIN }).catch(() => undefined)
}
