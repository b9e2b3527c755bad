import { createHash } from 'node:crypto'
import { ApiError } from '../../http/errors'
import type { Entry } from '../../undo/journal'
import type { Creation, Recognition } from '../../undo/undo'
import { ConnectorClient, type RunId } from './client'
import { isFields } from './credentials'
import { type ConnectorHooks, siteOf } from './hooks'
import { Source } from './source'
import { recogniseSchema } from './source-postgres'
import type { ConnectorClients } from './undo'

const SECOND = 1_000
/** A run begins during the call that starts it: the app reports whole seconds, and a call has a timeout. */
const EARLY = 2 * SECOND
const LATE = 60 * SECOND

/** For runs whose workflow id the app chooses, so that it does not contain the run id. */
export const namedByApp = (connector: string): Creation => ({ by: 'Ada', data: { connector, named: BY_APP } })

const BY_APP = 'by the app'

export function isNamedByApp({ data }: Entry): boolean {
  return data.named === BY_APP
}

/** The app of the connector to which the entry belongs. */
export function apiFor({ access, api }: ConnectorClients, { data }: Entry): ConnectorClient {
  return data.connector ? ConnectorClient.of(access, data.connector) : api
}

/** `<workflow id>/<run id>`; the run id is empty where only the workflow id is known. */
export function runOf(id: string): RunId {
  const at = id.indexOf('/')
  return { workflowId: id.slice(0, at), runId: id.slice(at + 1) }
}

interface RunState {
  isRunning: boolean
  /** Time since it began; absent where only the workflow's latest run is known. */
  seconds?: number
}

/** @returns undefined for a run that does not exist */
export async function stateOf(api: ConnectorClient, { workflowId, runId }: RunId): Promise<RunState | undefined> {
  if (workflowId === '') return undefined
  return unlessMissing(async () => {
    if (runId === '') return { isRunning: (await api.result(workflowId)).data.status === 'running' }
    const { status, execution_duration_seconds: seconds } = await api.status({ workflowId, runId })
    return { isRunning: status === 'RUNNING', seconds }
  })
}

/** A run that has ended needs no undo, whoever started it. */
export async function recogniseRun(clients: ConnectorClients, entry: Required<Entry>): Promise<Recognition> {
  const api = apiFor(clients, entry)
  const run = runOf(entry.id)
  const state = await stateOf(api, run)
  if (!state?.isRunning) return 'gone'
  if (!isNamedByApp(entry)) return run.workflowId === entry.name ? 'ours' : { doubt: `its workflow id is ${run.workflowId}` }
  const began = Date.now() - (state.seconds ?? Number.NaN) * SECOND
  if (began >= entry.at - EARLY && began <= entry.at + LATE) return 'ours'
  return { doubt: `it began at ${new Date(began).toISOString()}, and the journal says ${new Date(entry.at).toISOString()}` }
}

export async function recogniseConfig(clients: ConnectorClients, entry: Required<Entry>): Promise<Recognition> {
  const api = apiFor(clients, entry)
  const { id, name, data } = entry
  if (id !== name) return { doubt: `its id is ${id}, without the run id` }
  const stored = await storedConfig(api, entry)
  if (stored === undefined) return 'gone'
  if (data.content === undefined) return { doubt: 'the journal does not say what the run stored' }
  return fingerprintOf(stored) === data.content ? 'ours' : { doubt: 'it holds something else than the run stored' }
}

/** A stored `null` counts as not stored. */
export function storedConfig(api: ConnectorClient, { name, data }: Entry): Promise<unknown> {
  return unlessMissing(() => api.config(name, data.type ?? 'workflows'))
}

/** A hash that does not depend on the order of the document's fields. */
export function fingerprintOf(document: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(document)) ?? '')
    .digest('hex')
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isFields(value)) return value
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(fields.map(([name, inner]) => [name, inOrder(inner)]))
}

export async function recogniseOwnSchema({ access }: ConnectorClients, entry: Required<Entry>): Promise<Recognition> {
  const { id, name, data } = entry
  const source = new Source(access, data.connector ?? '')
  const why = data.source === undefined ? 'the journal does not say in which database it was made' : wrongSource(source, entry)
  if (why) return { doubt: why }
  return id === name ? recogniseSchema(source, id) : { doubt: `its name is ${id}, without the run id` }
}

export async function recogniseSetup({ access }: ConnectorClients, hooks: ConnectorHooks, entry: Entry): Promise<Recognition> {
  const { name, data } = entry
  const connector = data.connector ?? ''
  if (!hooks.setUp) return { doubt: `features/connector/${connector}/hooks.ts sets nothing up any more` }
  const site = siteOf(access, connector, name)
  const why = data.source === undefined ? undefined : wrongSource(site.source, entry)
  if (why) return { doubt: why }
  return hooks.recognise ? hooks.recognise(site) : 'gone'
}

/** @returns why the source in use is not the one in which the entry was created */
function wrongSource(source: Source, { data }: Entry): string | undefined {
  if (data.source === source.place) return undefined
  return `it was made in ${data.source}, and the source of ${source.connector} is now ${source.place}`
}

export async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}
