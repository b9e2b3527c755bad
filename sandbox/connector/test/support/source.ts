import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectorOptions, startConnector } from '../../server'
import type { Anything } from './service'

export type Entity = 'database' | 'schema' | 'table' | 'column' | 'query'

/** A whole connector sandbox with its source, and an owner who has stored credentials in its vault. */
export interface Owner {
  sandbox: Awaited<ReturnType<typeof startConnector>>
  /** As an owner would enter them. */
  credentials: Record<string, unknown>
  database: string
  post(path: string, body: unknown): Promise<{ status: number; body: Anything }>
  get(path: string): Promise<{ status: number; body: Anything }>
  /** Starts a run with the owner's credentials and waits for its result. */
  run(input?: object, query?: string): Promise<{ workflowId: string; runId: string; result: Anything }>
  /** Lines of a run's file; undefined where there is no file. */
  lines(run: { workflowId: string; runId: string }, kind: 'raw' | 'transformed', entity: Entity): string[] | undefined
}

export const CONNECTION = { typeName: 'Connection', attributes: { qualifiedName: 'default/postgres/1728518400', name: 'test' } }

export async function owner(options: ConnectorOptions = {}): Promise<Owner> {
  const sandbox = await startConnector({ dialect: '3.28.3', ...options })
  const { variables } = sandbox
  const read = (field: string) => variables[`E2E_POSTGRES_${field}`] ?? ''
  const database = read('DATABASE')
  const login = { host: read('HOST'), port: Number(read('PORT')), username: read('USERNAME'), password: read('PASSWORD') }
  const credentials = { ...login, database, extra: { database } }
  const ask = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const answer = await fetch(`${sandbox.address}/workflows/v1${path}`, init)
    return { status: answer.status, body: (await answer.json()) as Anything }
  }
  const guid = (await ask('POST', '/dev/local-vault', credentials)).body.data.credential_guid
  return {
    sandbox,
    credentials,
    database,
    post: (path, body) => ask('POST', path, body),
    get: (path) => ask('GET', path),
    run: async (input = {}, query = '') => {
      const { body } = await ask('POST', `/start${query}`, { credential_guid: guid, connection: CONNECTION, ...input })
      const { workflow_id: workflowId, run_id: runId } = body.data
      const result = (await ask('GET', `/result/${workflowId}?wait=true`)).body
      return { workflowId, runId, result }
    },
    lines: ({ workflowId, runId }, kind, entity) => {
      const file = kind === 'raw' ? 'records.json' : 'entities.json'
      const path = join(
        variables.CONNECTOR_OBJECT_STORE ?? '',
        'artifacts/apps/postgres/workflows',
        workflowId,
        runId,
        kind,
        entity,
        file,
      )
      return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : undefined
    },
  }
}
