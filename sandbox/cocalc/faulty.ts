import type { Pool, PoolClient } from 'pg'
import { type Db, dbOf } from './database'
import type { ProjectHost, ProjectState } from './project/host'
import type { Listed } from './project/kernel-pool'

/** The state of everything at one moment that has passed. */
export interface Moment {
  readonly db: Db
  readonly states: ReadonlyMap<string, ProjectState>
  kernelsOf(projectId: string): readonly Listed[]
}

/** Keeps the state before the latest write, for faults: the database's in a transaction that goes on seeing it. */
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

/** Does the work and takes back all it has written to the database, once it has its answer. */
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

/** Functions whose effect is not in the database: where it is to be lost, nothing is done, and this is answered. */
export const LOST_ELSEWHERE: Readonly<Record<string, unknown>> = {
  'projects.start': null,
  'projects.stop': null,
  'projects.touch': null,
  'projects.copyPathBetweenProjects': null,
}
