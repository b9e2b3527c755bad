import { randomInt, randomUUID } from 'node:crypto'
import { UsageError } from '../../config/errors'
import type { ServiceAccess } from '../service'
import { type District, newDistrict } from './places'
import { idOfRun } from './run-ids'
import { sql } from './servers'

/** A user seeded for one scenario. */
export interface Person {
  /** Of the row in `marten.users`. */
  userId: string
  /** Contains the run id, by which the row is recognised. */
  externalId: string
  phone: string
  password: string
  /** The district of all their reports, by which these are recognised. */
  district: District
}

// Low cost on purpose: the hash protects a random password for seconds.
const ROUNDS = 4
const HASH_TIMEOUT = 30_000

/** Seeded by SQL and not through the backend, so that a defect of the backend cannot hide another. */
export async function seedUser(
  access: ServiceAccess,
  who: string,
  { isActive = true }: { isActive?: boolean } = {},
): Promise<Person> {
  const [externalId, password] = [idOfRun(access.runId), randomUUID()]
  const phone = `+1555${String(randomInt(1e10)).padStart(10, '0')}`
  const passwordHash = await hashOf(access, password)
  access.learn(password)
  const { id } = await access.undo.create('orbital.user', externalId, { by: who }, async () => {
    const insert = `insert into marten.users (external_id, phone, password_hash, is_active) values ($1, $2, $3, $4) returning id`
    const [row] = await sql<{ id: string }>(access, insert, [externalId, phone, passwordHash, isActive])
    return { id: String(row?.id) }
  })
  return { userId: id, externalId, phone, password, district: newDistrict() }
}

/** bcrypt, unless `ORBITAL_PASSWORD_HASH_COMMAND` names a program that prints the hash of what it reads. */
async function hashOf(access: ServiceAccess, password: string): Promise<string> {
  const command = access.setting('ORBITAL_PASSWORD_HASH_COMMAND')
  if (!command) return (await import('bcryptjs')).hash(password, ROUNDS)
  const { execFileSync } = await import('node:child_process')
  const options = { input: password, encoding: 'utf8', timeout: HASH_TIMEOUT } as const
  const hash = execFileSync('/bin/sh', ['-c', command], options).trim()
  if (!hash)
    throw new UsageError('ORBITAL_PASSWORD_HASH_COMMAND printed no hash. It must print the hash of the password it reads.')
  return hash
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
 * Journals what a report creates, before the report is sent. The newest entry is undone first: documents before cached positions, and
 * both before the rest. The backend creates these, so the journal contains only intents.
 */
export async function noteTraces(access: ServiceAccess, who: string, person: Person): Promise<void> {
  const { userId, district } = person
  const creation = { by: who, data: { ...ownerOf(person), south: `${district.south}`, west: `${district.west}` } }
  const note = (kind: string) =>
    access.undo.create(`orbital.${kind}`, `${kind} of user ${userId}`, creation, async () => ({ id: userId }))
  if (access.setting('ORBITAL_REDIS_URL')) await note('position')
  if (access.setting('ORBITAL_MONGODB_URL')) await note('history')
}

/** The owner of a thing in its journal entry. */
export function ownerOf({ userId, externalId }: Person): Record<'userId' | 'externalId', string> {
  return { userId, externalId }
}
