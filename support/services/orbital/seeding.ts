import { randomInt, randomUUID } from 'node:crypto'
import type { ServiceAccess } from '../service'
import { sql } from './servers'

/** Somebody seeded for one scenario. */
export interface Person {
  /** Of the row in `marten.users`. */
  userId: string
  externalId: string
  phone: string
  password: string
}

export interface UserWish {
  isActive?: boolean
}

// Cheap on purpose: the hash protects a random password for seconds.
const ROUNDS = 4

/** By straight SQL and never through the backend, so that no fault of the backend's can hide behind another. */
export async function seedUser(access: ServiceAccess, who: string, { isActive = true }: UserWish = {}): Promise<Person> {
  const { hash } = await import('bcryptjs')
  const [externalId, password] = [randomUUID(), randomUUID()]
  const phone = `+1555${String(randomInt(1e10)).padStart(10, '0')}`
  const passwordHash = await hash(password, ROUNDS)
  access.learn(password)
  const { id } = await access.undo.create('orbital.user', externalId, { by: who }, async () => {
    const insert = `insert into marten.users (external_id, phone, password_hash, is_active) values ($1, $2, $3, $4) returning id`
    const [row] = await sql<{ id: string }>(access, insert, [externalId, phone, passwordHash, isActive])
    return { id: String(row?.id) }
  })
  return { userId: id, externalId, phone, password }
}

/** Makes the user a courier, who may be given deliveries: undone newest first, those go before the courier, and the user last. */
export async function seedCourier(access: ServiceAccess, who: string, userId: string, status: string): Promise<void> {
  const data = { userId }
  await access.undo.create('orbital.courier', `courier of user ${userId}`, { by: who, data }, async () => {
    const insert = 'insert into self_delivery.couriers (user_id, status) values ($1, $2) returning id'
    const [row] = await sql<{ id: string }>(access, insert, [userId, status])
    return { id: String(row?.id) }
  })
  await note(access, 'deliveries', who, userId)
}

/** What a report makes, noted before it is sent: undone newest first, documents go before cache keys, and both before the rest. */
export async function noteTraces(access: ServiceAccess, who: string, userId: string): Promise<void> {
  if (access.setting('ORBITAL_REDIS_URL')) await note(access, 'position', who, userId)
  if (access.setting('ORBITAL_MONGODB_URL')) await note(access, 'history', who, userId)
}

/** The backend makes it, not the suite; so the intent is all there is to write down. */
async function note(access: ServiceAccess, kind: string, who: string, userId: string): Promise<void> {
  const creation = { by: who, data: { userId } }
  await access.undo.create(`orbital.${kind}`, `${kind} of user ${userId}`, creation, async () => ({ id: userId }))
}
