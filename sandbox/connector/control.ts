import { z } from 'zod'
import { controlRoute } from '../kit/control'
import type { State } from '../kit/state'
import { RUN_STATUSES, type RunEngine } from './service/engine'
import type { ConnectorState } from './service/stores'
import type { SeededSource } from './source'

export interface Controlled {
  engine: RunEngine
  state: State<ConnectorState>
  source: SeededSource
}

const route = controlRoute<Controlled>()

export const connectorControl = [
  route(
    'POST /people',
    'Responds with the login of the source’s owner for each name.',
    { group: z.string().optional(), people: z.array(z.strictObject({ name: z.string().min(1) })) },
    ({ source }, { people }) => ({ people: Object.fromEntries(people.map(({ name }) => [name, source.owner])) }),
  ),
  route('GET /logins', 'Shows the logins of the source: owner, reader, and one that may no longer log in.', {}, ({ source }) => {
    const { owner, reader, retired } = source
    return { owner, reader, retired }
  }),
  route('GET /history/:workflowId', 'Lists all runs of a workflow.', {}, ({ state }, { workflowId }) => ({
    runs: [...state.now.runs.values()].filter((run) => run.workflowId === workflowId),
  })),
  route('GET /objects', 'Lists the keys of the object store.', {}, ({ state }) => ({ keys: [...state.now.objects.keys()] })),
  route('POST /runs/:runId/end', 'Ends a run with a status.', { status: z.enum(RUN_STATUSES) }, ({ engine }, { runId, status }) =>
    engine.end(runId, status),
  ),
  route(
    'GET /existing',
    'Lists running workflows and documents of a run, by the run id in their names.',
    { runId: z.string().min(1) },
    ({ state }, { runId }) => ({ existing: existing(state.now, runId) }),
  ),
  route('GET /everything', 'Shows all an app remembers, without its secrets.', {}, ({ state }) => everything(state.now)),
]

/** So that a test can compare it whole. */
function everything({ runs, objects }: ConnectorState) {
  const documents = [...objects].map(([key, bytes]) => [key, Buffer.from(bytes).toString()])
  return { runs: Object.fromEntries(runs), objects: Object.fromEntries(documents) }
}

function existing({ runs, objects }: ConnectorState, name: string) {
  const open = [...runs.values()].filter(({ workflowId, status }) => status === 'RUNNING' && workflowId.includes(name))
  const documents = [...objects].filter(([key, bytes]) => key.includes(name) && Buffer.from(bytes).toString() !== 'null')
  return [
    ...open.map(({ workflowId, runId }) => ({ kind: 'run', id: `${workflowId}/${runId}`, name: workflowId })),
    ...documents.map(([key]) => ({ kind: 'config', id: key, name: key })),
  ]
}
