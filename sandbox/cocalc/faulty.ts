import type { Pool, PoolClient } from 'pg'
import { type Db, dbOf } from './database'
import type { ProjectHost, ProjectState } from './project/host'
import type { Listed } from './project/kernel-pool'

/** The complete state at one past moment. */
export interface Moment {
  readonly db: Db
  readonly states: ReadonlyMap<string, ProjectState>
  kernelsOf(projectId: string): readonly Listed[]
}

/** Keeps the state before the latest write, for faults: the database's in an open transaction with that snapshot. */
export class Past {
  private client: PoolClient | undefined
  private moment: Moment | undefined

  constructor(
    private readonly pool: Pool,
    private readonly host: ProjectHost,
  ) {}

  get latest(): Moment | undefined {
    return this.moment
  }

  async remember(): Promise<void> {
    await this.forget()
    const client = await this.pool.connect()
    this.client = client
    const { host } = this
    const kernels = host.kernels.everyList()
    this.moment = { db: dbOf(client), states: host.statesNow(), kernelsOf: (projectId) => kernels.get(projectId) ?? [] }
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query('SELECT 1')
  }

  async forget(): Promise<void> {
    const { client } = this
    this.client = undefined
    this.moment = undefined
    if (!client) return
    await client.query('ROLLBACK')
    client.release()
  }
}

/** Runs the work and rolls back what it wrote to the database, after its result is known. */
export async function losing<T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    return await work(dbOf(client))
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** Functions whose effect is not in the database: where a fault loses it, nothing is done and null is returned. */
export const LOST_ELSEWHERE: ReadonlySet<string> = new Set([
  'projects.start',
  'projects.stop',
  'projects.touch',
  'projects.copyPathBetweenProjects',
])
