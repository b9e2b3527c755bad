import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { InjectedFaults } from '../kit/injected-faults'
import type { MessageBroker } from './broker'
import type { PositionCache } from './cache'
import type { Database, Transaction } from './database'
import { courierNotFound, notAuthenticated } from './errors'
import type { History } from './history'
import type { Settings } from './settings'
import { userOf } from './tokens'

declare module 'fastify' {
  interface FastifyRequest {
    /** Id of the calling user; 0 on routes without authentication. */
    userId: number
  }
}

/** The dependencies of every route of one backend. */
export interface Orbital {
  settings: Settings
  database: Database
  history: History
  cache: PositionCache
  broker: MessageBroker
  faults: InjectedFaults
}

export interface RouteOptions {
  orbital: Orbital
}

export interface UserRow {
  id: number
  external_id: string
  phone: string | null
}

export interface CourierRow {
  id: number
  user_id: number
  status: 'offline' | 'online' | 'busy'
  last_latitude: number | null
  last_longitude: number | null
  last_seen_at: Date | null
}

/** @throws 401 without a valid token of an existing and active user */
export async function caller({ database, settings }: Orbital, request: FastifyRequest): Promise<UserRow> {
  const id = await userOf(request.headers.authorization, settings)
  if (id === undefined) throw notAuthenticated()
  const [user] = await database.rows<UserRow>(
    'select id::int8, external_id, phone from marten.users where id = $1 and is_active',
    [id],
  )
  if (!user) throw notAuthenticated()
  return { ...user, id: Number(user.id) }
}

/** All these routes require a valid token, which is checked before anything else. */
export function forUsers(app: FastifyInstance, orbital: Orbital): void {
  app.decorateRequest('userId', 0)
  app.addHook('onRequest', async (request) => {
    request.userId = (await caller(orbital, request)).id
  })
}

const COURIER = `select id, user_id, status, last_latitude, last_longitude, last_seen_at
  from self_delivery.couriers where user_id = $1`

export async function courierOf(orbital: Orbital, userId: number): Promise<CourierRow> {
  return plain((await orbital.database.rows<CourierRow>(COURIER, [userId]))[0])
}

/** Locks the courier's row until the transaction ends. */
export async function lockedCourier(transaction: Transaction, userId: number): Promise<CourierRow> {
  return plain((await transaction.rows<CourierRow>(`${COURIER} for update`, [userId]))[0])
}

function plain(row: CourierRow | undefined): CourierRow {
  if (!row) throw courierNotFound()
  return { ...row, id: Number(row.id), user_id: Number(row.user_id) }
}

/** Runs the work in a transaction, which an injected lost write of this operation rolls back. */
export function changing<T>(orbital: Orbital, operation: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return orbital.database.transaction(work, keeps(orbital, operation))
}

/** Whether the operation's writes are committed; with an injected lost write they are rolled back. */
export function keeps({ faults }: Orbital, operation: string): boolean {
  return faults.find('lost-write', operation) === undefined
}
