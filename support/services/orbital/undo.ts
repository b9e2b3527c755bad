import { AssertionError, expect } from 'chai'
import type { Document, Filter } from 'mongodb'
import { eventually } from '../../assertions/eventually'
import type { Entry } from '../../undo/journal'
import type { Recognition, UndoableKind, UndoTable } from '../../undo/undo'
import type { ServiceAccess } from '../service'
import { type CachedPosition, deleteCached, readCached } from './cached-positions'
import { findDeadLetter } from './dead-letters'
import { layoutOf } from './layout'
import { type District, edgesOf, isWithin } from './places'
import { isOfRun } from './run-ids'
import { historyOf, sql } from './servers'

/** The suite connects to the backend's servers itself, whoever created a thing. */
export interface OrbitalClients {
  access: ServiceAccess
}

type Known = Required<Entry>
type Data = Entry['data']

const HOUR = 3_600_000
/** How long an assignment may need from the exchange to its row or to the dead-letter queue. */
const IN_TRANSIT = { timeout: 5_000 }
/** After this time it counts as lost. */
const LOST_AFTER = 10 * 60_000

const USER = 'select external_id::text from marten.users where id = $1'
const COURIER = `select u.external_id::text from self_delivery.couriers c join marten.users u on u.id = c.user_id where c.id = $1`
const DELIVERY = `select u.external_id::text from self_delivery.deliveries d
  left join self_delivery.couriers c on c.id = d.courier_id left join marten.users u on u.id = c.user_id where d.id = $1`
const COURIER_OF_USER = `c.user_id = u.id and u.id = $2 and u.external_id = $3`

/** How everything that a scenario creates is removed. Each deleting statement repeats the proof. */
export const undo: UndoTable<OrbitalClients> = {
  user: {
    ends: 'removed',
    proof: 'its `external_id` is the one the run gave it, which begins with the run id',
    recognise: ({ access }, { id, name }) => recogniseRow(access, `user ${id}`, USER, id, name),
    undo: async ({ access }, { id, name }) => {
      await sql(access, 'delete from marten.users where id = $1 and external_id = $2', [id, name])
    },
    hasEnded: ({ access }, { id, name }) =>
      none(access, 'select 1 from marten.users where id = $1 and external_id = $2', [id, name]),
    find: async ({ access }, { name }) => {
      const [row] = await sql<{ id: string }>(access, 'select id from marten.users where external_id = $1', [name])
      return row && String(row.id)
    },
  },
  courier: {
    ends: 'removed',
    proof: 'it belongs to a user whose `external_id` the run gave',
    recognise: ({ access }, { id, data }) => recogniseRow(access, `courier ${id}`, COURIER, id, data.externalId),
    undo: async ({ access }, { id, data }) => {
      const remove = `delete from self_delivery.couriers c using marten.users u where c.id = $1 and ${COURIER_OF_USER}`
      await sql(access, remove, [id, ...owner(data)])
    },
    hasEnded: ({ access }, { id, data }) => {
      const still = `select 1 from self_delivery.couriers c, marten.users u where c.id = $1 and ${COURIER_OF_USER}`
      return none(access, still, [id, ...owner(data)])
    },
    find: async ({ access }, { data }) => {
      const [row] = await sql<{ id: string }>(access, 'select id from self_delivery.couriers where user_id = $1', [data.userId])
      return row && String(row.id)
    },
  },
  delivery: {
    ends: 'removed',
    proof: 'its id is the one the run gave it, which begins with the run id, and its courier belongs to a user of the run',
    recognise: recogniseDelivery,
    undo: async ({ access }, { id, data }) => {
      const remove = `delete from self_delivery.deliveries d using self_delivery.couriers c, marten.users u
        where d.id = $1 and c.id = d.courier_id and ${COURIER_OF_USER}`
      await sql(access, remove, [id, ...owner(data)])
    },
    hasEnded: ({ access }, { id }) => none(access, 'select 1 from self_delivery.deliveries where id = $1', [id]),
    find: async ({ access }, { name }) => {
      const [row] = await sql<{ id: string }>(access, 'select id::text from self_delivery.deliveries where id = $1', [name])
      return row?.id
    },
  },
  position: {
    ends: 'removed',
    proof: 'it lies in the district that the run gave its user at random, and no other user has the id in its key',
    recognise: async ({ access }, entry) => {
      const cached = await readCached(access, userOf(entry.data))
      if (!cached) return 'gone'
      return isSentPosition(entry, cached)
        ? recogniseUserOf(access, entry.data)
        : { doubt: `the cached position of user ${userOf(entry.data)} is not one that the run sent` }
    },
    undo: async ({ access }, entry) => {
      const userId = userOf(entry.data)
      const cached = await readCached(access, userId)
      if (cached && isSentPosition(entry, cached)) await deleteCached(access, userId, cached)
    },
    hasEnded: async ({ access }, entry) => {
      const cached = await readCached(access, userOf(entry.data))
      return !cached || !isSentPosition(entry, cached)
    },
    find: async (_clients, { data }) => data.userId,
  },
  history: {
    ends: 'removed',
    proof:
      'user id, time and coordinates: it lies in the district that the run gave its user at random, and no user of others has that id',
    recognise: recogniseHistory,
    undo: async ({ access }, entry) => {
      const history = await historyOf(access)
      await history.deleteMany(sentBy(access, entry))
      const others = await history.countDocuments(ofUser(access, entry))
      if (others > 0) throw new Error(`left alone: ${others} documents of user ${userOf(entry.data)} that the run did not send`)
    },
    hasEnded: async ({ access }, entry) => (await (await historyOf(access)).countDocuments(sentBy(access, entry))) === 0,
    find: async (_clients, { data }) => data.userId,
  },
  'dead-letter': {
    ends: 'removed',
    proof: 'its message id is the one the run gave it, which begins with the run id',
    recognise: recogniseDeadLetter,
    undo: async ({ access }, { id, data }) => {
      await findDeadLetter(access, data.queue ?? '', id, { take: true, timeout: 0 })
    },
    find: async (_clients, { name }) => name,
  },
  backend: madeByControl('backends', 'the sandbox knows it by the name the run gave it, which holds the run id'),
  database: madeByControl('databases', 'the sandbox knows it by the name the run gave it, which holds the run id'),
}

function userOf({ userId = '' }: Data): string {
  return userId
}

function owner({ userId, externalId }: Data): unknown[] {
  return [userId, externalId]
}

async function none(access: ServiceAccess, text: string, values: unknown[]): Promise<boolean> {
  return (await sql(access, text, values)).length === 0
}

/** @param select the `external_id` of the user whose row it is, by the row's id */
async function recogniseRow(
  access: ServiceAccess,
  what: string,
  select: string,
  id: string | undefined,
  externalId: string | undefined,
): Promise<Recognition> {
  const [row] = await sql<{ external_id: string | null }>(access, select, [id])
  if (!row) return 'gone'
  const found = row.external_id
  if (found !== null && found === externalId && isOfRun(found, access.runId)) return 'ours'
  return { doubt: `${what} belongs to ${found ? `the user ${found}` : 'no user'}, not to one the run made` }
}

/** Checked before things outside PostgreSQL with a user's id are removed. Where the user is deleted, no other user has the id. */
async function recogniseUserOf(access: ServiceAccess, { userId, externalId }: Data): Promise<Recognition> {
  if (!userId) return { doubt: 'its user is not known' }
  const user = await recogniseRow(access, `id ${userId}`, USER, userId, externalId)
  return user === 'gone' ? 'ours' : user
}

/** The row of a delivery that was assigned by a message may not exist yet. */
async function recogniseDelivery({ access }: OrbitalClients, { id, at, data }: Known): Promise<Recognition> {
  if (!isOfRun(id, access.runId)) return { doubt: `delivery ${id} does not have an id that the run gave` }
  const look = () => recogniseRow(access, `delivery ${id}`, DELIVERY, id, data.externalId)
  const found = await look()
  if (found !== 'gone' || data.way !== 'message' || Date.now() - at > LOST_AFTER) return found
  try {
    return await eventually(async () => {
      const later = await look()
      expect(later).to.not.equal('gone')
      return later
    }, IN_TRANSIT)
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error
    return { doubt: `delivery ${id} is not in the database (yet)` }
  }
}

async function recogniseHistory({ access }: OrbitalClients, entry: Known): Promise<Recognition> {
  const history = await historyOf(access)
  const [all, sent] = await Promise.all([
    history.countDocuments(ofUser(access, entry)),
    history.countDocuments(sentBy(access, entry)),
  ])
  if (all === 0) return 'gone'
  if (sent === 0) return { doubt: `the ${all} documents of user ${userOf(entry.data)} are none that the run sent` }
  return recogniseUserOf(access, entry.data)
}

async function recogniseDeadLetter({ access }: OrbitalClients, { id, at, data }: Known): Promise<Recognition> {
  if (!isOfRun(id, access.runId)) return { doubt: `message ${id} does not have an id that the run gave` }
  const queue = data.queue ?? ''
  try {
    if (await findDeadLetter(access, queue, id, IN_TRANSIT)) return 'ours'
  } catch (error) {
    if ((error as { code?: unknown }).code === 404) return 'gone'
    throw error
  }
  return Date.now() - at > LOST_AFTER ? 'gone' : { doubt: `message ${id} is not in ${queue} (yet)` }
}

function districtOf({ south, west }: Data): District {
  return { south: south === undefined ? Number.NaN : Number(south), west: west === undefined ? Number.NaN : Number(west) }
}

/** Reports contain the position of their sender some minutes ago. */
function earliest({ at }: Known): Date {
  return new Date(at - HOUR)
}

/** A format without a time is recognised by its district alone. */
function isSentPosition(entry: Known, cached: CachedPosition): boolean {
  if (!isWithin(districtOf(entry.data), cached, cached.tolerance)) return false
  const { reportedAt } = cached
  if (reportedAt === undefined) return true
  const number = Number(reportedAt)
  const at = Number.isNaN(number) ? String(reportedAt) : number < 1e11 ? number * 1_000 : number
  return new Date(at) >= earliest(entry)
}

function sentBy(access: ServiceAccess, entry: Known): Filter<Document> {
  const { latitude, longitude } = edgesOf(districtOf(entry.data))
  const { history: names } = layoutOf(access)
  const since = earliest(entry)
  return {
    [names.user_id]: { $in: userIds(entry) },
    [names.latitude]: { $gte: latitude.from, $lt: latitude.below },
    [names.longitude]: { $gte: longitude.from, $lt: longitude.below },
    // As a date, or as ISO 8601.
    $or: [{ [names.recorded_at]: { $gte: since } }, { [names.recorded_at]: { $gte: since.toISOString() } }],
  }
}

/** A document may hold it as a number or as text. */
function userIds({ data }: Known): [number, string] {
  return [Number(userOf(data)), userOf(data)]
}

function ofUser(access: ServiceAccess, entry: Known): Filter<Document> {
  return { [layoutOf(access).history.user_id]: { $in: userIds(entry) } }
}

/** Things that exist only on a sandbox and end with it. */
function madeByControl(path: 'backends' | 'databases', proof: string): UndoableKind<OrbitalClients> {
  const made = async ({ control }: ServiceAccess): Promise<{ id: string; name: string }[] | undefined> => control?.get(`/${path}`)
  return {
    ends: 'removed',
    proof,
    recognise: async ({ access }, { id, name }) => {
      const all = await made(access)
      if (!all) return { doubt: 'there is no control port to ask' }
      const found = all.find((one) => one.id === id)
      if (!found) return 'gone'
      return found.name === name && name.includes(access.runId) ? 'ours' : { doubt: `${id} was made as "${found.name}"` }
    },
    undo: async ({ access }, { id }) => void (await access.control?.delete(`/${path}/${id}`)),
    hasEnded: async ({ access }, { id }) => !(await made(access))?.some((one) => one.id === id),
    find: async ({ access }, { name }) => (await made(access))?.find((one) => one.name === name)?.id,
  }
}
