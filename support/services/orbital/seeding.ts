import { randomInt, randomUUID } from 'node:crypto'
import type { ServiceAccess } from '../service'
import { type District, newDistrict } from './places'
import { idOfRun } from './run-ids'
import { sql } from './servers'

/** Somebody seeded for one scenario. */
export interface Person {
  /** Of the row in `marten.users`. */
  userId: string
  /** Holds the run id, by which the row is recognised. */
  externalId: string
  phone: string
  password: string
  /** Where all her reports come from, by which they are recognised. */
  district: District
}

export interface UserWish {
  isActive?: boolean
}

// Cheap on purpose: the hash protects a random password for seconds.
const ROUNDS = 4

/** By straight SQL and never through the backend, so that no fault of the backend's can hide behind another. */
export async function seedUser(access: ServiceAccess, who: string, { isActive = true }: UserWish = {}): Promise<Person> {
  const { hash } = await import('bcryptjs')
  const [externalId, password] = [idOfRun(access.runId), randomUUID()]
  const phone = `+1555${String(randomInt(1e10)).padStart(10, '0')}`
  const passwordHash = await hash(password, ROUNDS)
  access.learn(password)
  const { id } = await access.undo.create('orbital.user', externalId, { by: who }, async () => {
    const insert = `insert into marten.users (external_id, phone, password_hash, is_active) values ($1, $2, $3, $4) returning id`
    const [row] = await sql<{ id: string }>(access, insert, [externalId, phone, passwordHash, isActive])
    return { id: String(row?.id) }
  })
  return { userId: id, externalId, phone, password, district: newDistrict() }
}

/** Makes the user a courier. */
export async function seedCourier(access: ServiceAccess, who: string, person: Person, status: string): Promise<void> {
  const { userId } = person
  const creation = { by: who, data: ownerOf(person) }
  await access.undo.create('orbital.courier', `courier of user ${userId}`, creation, async () => {
    const insert = 'insert into self_delivery.couriers (user_id, status) values ($1, $2) returning id'
    const [row] = await sql<{ id: string }>(access, insert, [userId, status])
    return { id: String(row?.id) }
  })
}

/**
 * What a report makes, noted before it is sent: undone newest first, documents go before cache keys, and both before the rest. The
 * backend makes it, not the suite; so the intent is all there is to write down.
 */
export async function noteTraces(access: ServiceAccess, who: string, person: Person): Promise<void> {
  const { userId, district } = person
  const creation = { by: who, data: { ...ownerOf(person), south: `${district.south}`, west: `${district.west}` } }
  const note = (kind: string) =>
    access.undo.create(`orbital.${kind}`, `${kind} of user ${userId}`, creation, async () => ({ id: userId }))
  if (access.setting('ORBITAL_REDIS_URL')) await note('position')
  if (access.setting('ORBITAL_MONGODB_URL')) await note('history')
}

/** By what a journal entry says whose a thing is. */
export function ownerOf({ userId, externalId }: Person): Record<'userId' | 'externalId', string> {
  return { userId, externalId }
}
