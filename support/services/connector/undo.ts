import { ApiError } from '../../http/errors'
import type { UndoTable } from '../../undo/undo'
import type { ServiceAccess } from '../service'
import { ConnectorClient, type RunId } from './client'
import { hooksOf, siteOf } from './hooks'
import { Source } from './source'
import { dropSchema, hasSchema } from './source-postgres'

/** What finishing a journalled entry needs. */
export interface ConnectorClients {
  access: ServiceAccess
  api: ConnectorClient
}

export function clientsOf(access: ServiceAccess): ConnectorClients {
  return { access, api: ConnectorClient.of(access) }
}

/** How each kind of thing made through a connector app, or in its source, comes to its end. */
export const undo = {
  /** A run is over when it no longer runs; its record in the history stays. */
  run: {
    ends: 'hidden',
    undo: ({ api }, { id }) => stopIfRunning(api, runOf(id)),
    hasEnded: async ({ api }, { id }) => (await stateOf(api, runOf(id).workflowId)) !== 'running',
    find: async ({ api }, { name }) => ((await stateOf(api, name)) ? `${name}/` : undefined),
  },
  /** There is no call to delete a document; a stored `null` reads as nothing stored. */
  config: {
    ends: 'removed',
    undo: async ({ api }, { id, data }) => void (await api.saveConfig(id, data.type ?? 'workflows', null)),
    hasEnded: async ({ api }, { id, data }) =>
      (await unlessMissing(() => api.config(id, data.type ?? 'workflows'))) === undefined,
    find: async ({ api }, { name, data }) =>
      (await unlessMissing(() => api.config(name, data.type ?? 'workflows'))) === undefined ? undefined : name,
  },
  credential: { ends: 'kept' },
  file: { ends: 'kept' },
  schema: {
    ends: 'removed',
    undo: ({ access }, { id, data }) => dropSchema(new Source(access, data.connector ?? ''), id),
    hasEnded: async ({ access }, { id, data }) => !(await hasSchema(new Source(access, data.connector ?? ''), id)),
    find: async (_clients, { name }) => name,
  },
  /** What a connector's own hooks set up for the whole run. */
  setup: {
    ends: 'removed',
    undo: async ({ access }, { name, data }) => {
      const connector = data.connector ?? ''
      await (await hooksOf(connector)).tearDown?.(siteOf(access, connector, name))
    },
    hasEnded: async ({ access }, { name, data }) => {
      const connector = data.connector ?? ''
      return (await (await hooksOf(connector)).isTornDown?.(siteOf(access, connector, name))) ?? true
    },
    find: async (_clients, { name }) => name,
  },
} satisfies UndoTable<ConnectorClients>

export const idOf = ({ workflowId, runId }: RunId): string => `${workflowId}/${runId}`

function runOf(id: string): RunId {
  const at = id.indexOf('/')
  return { workflowId: id.slice(0, at), runId: id.slice(at + 1) }
}

/** A run that has come to its end meanwhile is "not found" to a stop. */
async function stopIfRunning(api: ConnectorClient, run: RunId): Promise<void> {
  if (run.runId === '' || (await stateOf(api, run.workflowId)) !== 'running') return
  await unlessMissing(() => api.stop(run))
}

async function stateOf(api: ConnectorClient, workflowId: string): Promise<string | undefined> {
  return (await unlessMissing(() => api.result(workflowId)))?.data.status
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}
