import type { UndoTable } from '../../undo/undo'
import type { ServiceAccess } from '../service'
import { ConnectorClient, type RunId } from './client'
import { hooksOf, siteOf } from './hooks'
import {
  apiFor,
  fingerprintOf,
  isNamedByApp,
  recogniseConfig,
  recogniseOwnSchema,
  recogniseRun,
  recogniseSetup,
  runOf,
  stateOf,
  storedConfig,
  unlessMissing,
} from './proofs'
import { Source } from './source'
import { dropSchema, hasSchema } from './source-postgres'

/** What the undo of a journalled entry needs. */
export interface ConnectorClients {
  access: ServiceAccess
  api: ConnectorClient
}

export function clientsOf(access: ServiceAccess): ConnectorClients {
  return { access, api: ConnectorClient.of(access) }
}

/** How each kind of thing created through a connector app, or in its source, is undone. */
export const undo = {
  /** A run has ended when it no longer runs; its record in the history stays. */
  run: {
    ends: 'hidden',
    proof:
      'its workflow id is the name it was given, with the run id; where the app named the run, it began when the journal says',
    recognise: recogniseRun,
    undo: (clients, entry) => stop(apiFor(clients, entry), runOf(entry.id)),
    hasEnded: async (clients, entry) => !(await stateOf(apiFor(clients, entry), runOf(entry.id)))?.isRunning,
    find: async (clients, entry) => {
      if (isNamedByApp(entry))
        throw new Error('the app named it, and the response was lost: its workflow history shows whether it runs')
      return (await stateOf(apiFor(clients, entry), { workflowId: entry.name, runId: '' })) ? `${entry.name}/` : undefined
    },
    /** No call returns the id of a run that was started: without it, calls are about the workflow's latest run. */
    adopt: async (_clients, { id, data }) => ({ id, ...runOf(id), correlationId: data.correlation }),
  },
  /** There is no call to delete a document; a stored `null` counts as not stored. */
  config: {
    ends: 'removed',
    proof: 'its id is the name it was given, with the run id, and it still holds what the run stored',
    recognise: recogniseConfig,
    undo: async (clients, entry) =>
      void (await apiFor(clients, entry).saveConfig(entry.id, entry.data.type ?? 'workflows', null)),
    hasEnded: async (clients, entry) => (await storedConfig(apiFor(clients, entry), entry)) === undefined,
    find: async (clients, entry) =>
      fingerprintOf(await storedConfig(apiFor(clients, entry), entry)) === entry.data.content ? entry.name : undefined,
  },
  credential: { ends: 'kept' },
  file: { ends: 'kept' },
  schema: {
    ends: 'removed',
    proof:
      'it is in the database it was made in, its name holds the run id, and its comment says that the suite made it and all it holds',
    recognise: recogniseOwnSchema,
    undo: ({ access }, { id, data }) => dropSchema(new Source(access, data.connector ?? ''), id),
    hasEnded: async ({ access }, { id, data }) => !(await hasSchema(new Source(access, data.connector ?? ''), id)),
    find: async (clients, entry) =>
      (await recogniseOwnSchema(clients, { ...entry, id: entry.name })) === 'gone' ? undefined : entry.name,
  },
  /** The set-up of a connector's own hooks for the whole run. */
  setup: {
    ends: 'removed',
    proof:
      'it is in the database it was made in, and `recognise` of the connector’s own `hooks.ts` says that it is what they set up',
    recognise: async (clients, entry) => recogniseSetup(clients, await hooksOf(entry.data.connector ?? ''), entry),
    undo: async ({ access }, { name, data }) => {
      const connector = data.connector ?? ''
      await (await hooksOf(connector)).tearDown?.(siteOf(access, connector, name))
    },
    hasEnded: async ({ access }, { name, data }) => {
      const connector = data.connector ?? ''
      return (await (await hooksOf(connector)).isTornDown?.(siteOf(access, connector, name))) ?? true
    },
    find: async (clients, entry) => {
      const recognition = await recogniseSetup(clients, await hooksOf(entry.data.connector ?? ''), entry)
      return recognition === 'gone' ? undefined : entry.name
    },
  },
} satisfies UndoTable<ConnectorClients>

export const idOf = ({ workflowId, runId }: RunId): string => `${workflowId}/${runId}`

/** The stop of a run that has ended in the meantime responds "not found". */
async function stop(api: ConnectorClient, run: RunId): Promise<void> {
  await unlessMissing(() => api.stop(run))
}
