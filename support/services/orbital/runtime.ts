import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { errorText, UsageError } from '../../config/errors'
import type { ProbeLine, ServiceAccess, ServiceRuntime } from '../service'
import { OrbitalClient } from './client'
import { cacheOf, channelOf, exchangeOf, historyOf, queueOf, sql } from './servers'
import { type OrbitalClients, undo } from './undo'

const run = promisify(exec)
const NEEDS = /^@needs:(rabbitmq|mongodb|redis)$/

/** What a run needs of the backend beyond its description. */
export const runtime: ServiceRuntime<OrbitalClients> = {
  undo,
  clients: async (access) => ({ access }),
  prepare,
  check,
  probe,
}

/** On the sandbox a slow server may still be starting; only scenarios that need it wait for it. */
async function prepare({ control }: ServiceAccess, tags: readonly string[]): Promise<void> {
  const names = tags.flatMap((tag) => NEEDS.exec(tag)?.[1] ?? [])
  await Promise.all(names.map((name) => control?.post(`/servers/${name}/ready`)))
}

async function check(access: ServiceAccess): Promise<void> {
  await migrate(access.setting('ORBITAL_MIGRATE_COMMAND'))
  const seen = await sql<{ users: string | null; couriers: string | null }>(
    access,
    "select to_regclass('marten.users') as users, to_regclass('self_delivery.couriers') as couriers",
  ).catch((error: unknown) => {
    throw new UsageError(`ORBITAL_POSTGRES_URL leads to no PostgreSQL that lets the suite in (${errorText(error)}).`)
  })
  if (!seen[0]?.users || !seen[0]?.couriers)
    throw new UsageError(
      'The database at ORBITAL_POSTGRES_URL lacks the backend’s tables: migrate it, or set ORBITAL_MIGRATE_COMMAND.',
    )
  await new OrbitalClient(access, access.address).health()
}

async function migrate(command: string | undefined): Promise<void> {
  if (!command) return
  try {
    await run(command, { timeout: 120_000 })
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').slice(-5).join('\n')
    throw new UsageError(`ORBITAL_MIGRATE_COMMAND failed: ${said || errorText(error)}`)
  }
}

/** The health the backend reports, its revision, and whether the suite reaches each server itself. */
async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const { checks } = await new OrbitalClient(access, access.address).health()
  const [version] = await sql<{ version_num: string }>(access, 'select version_num from public.alembic_version')
  const health = Object.entries(checks).map(([name, word]): ProbeLine => ({ ok: word === 'ok', says: `its ${name} is ${word}` }))
  const reached = await Promise.all([
    reach(access, 'ORBITAL_RABBITMQ_URL', findExchangeAndQueues, [
      'ORBITAL_RABBITMQ_URL',
      'ORBITAL_EXCHANGE',
      'ORBITAL_DELIVERIES_QUEUE',
    ]),
    reach(access, 'ORBITAL_MONGODB_URL', async (one) => (await historyOf(one)).findOne({})),
    reach(access, 'ORBITAL_REDIS_URL', async (one) => (await cacheOf(one)).ping()),
  ])
  return [...health, { ok: true, says: `its schema is at ${version?.version_num ?? 'the beginning'}` }, ...reached.flat()]
}

/** Each on its own channel, because the broker closes a channel on which something is not found. */
async function findExchangeAndQueues(access: ServiceAccess): Promise<void> {
  const queue = queueOf(access)
  await (await channelOf(access)).checkExchange(exchangeOf(access))
  for (const name of [queue, `${queue}.dead`]) await (await channelOf(access)).checkQueue(name)
}

async function reach(
  access: ServiceAccess,
  variable: string,
  go: (access: ServiceAccess) => Promise<unknown>,
  checks = [variable],
): Promise<ProbeLine[]> {
  if (!access.setting(variable)) return []
  try {
    await go(access)
    return [{ ok: true, says: `${variable} leads to what the suite needs` }]
  } catch (error) {
    return [
      {
        ok: false,
        says: `${variable} does not lead to what the suite needs: ${errorText(error)}`,
        toDo: `Check ${checks.join(', ')}.`,
      },
    ]
  }
}
