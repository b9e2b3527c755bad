import { join } from 'node:path'
import type { MigrationBuilder } from 'node-pg-migrate'
import type { Client } from 'pg'
import { withClient } from '../backing/postgres-client'
import { users } from './migrations/0001_users'
import { couriers } from './migrations/0002_couriers'
import { deliveries } from './migrations/0003_deliveries'
import { chainOf, type Revision } from './revision'

export const revisions: readonly Revision[] = [users, couriers, deliveries]

/** The chain of a later build of the backend. @param count the number of added revisions */
export function revisionsWith(count: number): readonly Revision[] {
  const added = Array.from({ length: count }, (_, at): Revision => {
    const table = `marten.added_${at + 1}`
    return {
      id: `000${at + 4}_later`,
      parent: at === 0 ? deliveries.id : `000${at + 3}_later`,
      up: (pgm) => pgm.sql(`create table ${table} (id bigserial primary key)`),
      down: (pgm) => pgm.sql(`drop table ${table}`),
    }
  })
  return [...revisions, ...added]
}

/** The schema of `node-pg-migrate`'s own tables, which nothing else reads. */
const NOTES = 'schema_runner'
const VERSION_TABLE = 'create table if not exists public.alembic_version (version_num text primary key)'

/** Upgrades to the head of the chain, if it is not there yet. @returns the revisions that were applied */
export function upgrade(url: string, chain = revisions): Promise<string[]> {
  return run(url, 'up', Number.POSITIVE_INFINITY, chain)
}

/** @param count the number of revisions to revert; all of them unless given */
export function downgrade(url: string, count = Number.POSITIVE_INFINITY): Promise<string[]> {
  return run(url, 'down', count, revisions)
}

/** Uses a connection of this module: the library does not wait until its own connection is closed. */
function run(url: string, direction: 'up' | 'down', count: number, chain: readonly Revision[]): Promise<string[]> {
  return withClient(url, (client) => runOn(client, direction, count, chain))
}

async function runOn(dbClient: Client, direction: 'up' | 'down', count: number, chain: readonly Revision[]): Promise<string[]> {
  const { runner } = await import('node-pg-migrate')
  const silent = (): void => undefined
  const applied = await runner({
    dbClient,
    dir: join(__dirname, 'migrations'),
    migrationLoaderStrategies: [{ extensions: ['.ts'], loader: async (paths) => chainOf(chain).map((one) => unit(one, paths)) }],
    migrationsTable: 'applied',
    migrationsSchema: NOTES,
    createMigrationsSchema: true,
    advisoryLockMode: 'wait',
    direction,
    count,
    log: silent,
    logger: { info: silent, warn: silent, error: silent },
  })
  return applied.map(({ name }) => name)
}

/** Every step stores its revision in the one row of `alembic_version`, as Alembic does; below the first there is no row. */
function unit({ id, parent, up, down }: Revision, filePaths: string[]) {
  const stamp = (pgm: MigrationBuilder, revision: string | null): void => {
    pgm.sql(VERSION_TABLE)
    pgm.sql('delete from public.alembic_version')
    if (revision) pgm.sql(`insert into public.alembic_version (version_num) values ('${revision}')`)
  }
  const actions = {
    up: (pgm: MigrationBuilder) => {
      up(pgm)
      stamp(pgm, id)
    },
    down: (pgm: MigrationBuilder) => {
      down(pgm)
      stamp(pgm, parent)
    },
  }
  return { id, filePaths, actions }
}
