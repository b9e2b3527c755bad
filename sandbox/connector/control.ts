import type { FastifyInstance } from 'fastify'
import { buildControl } from '../kit/control'
import type { FaultHooks } from '../kit/fault-hooks'
import type { FaultSwitch } from '../kit/faults'
import type { State } from '../kit/state'
import type { RunEngine, RunStatus } from './service/engine'
import type { ConnectorState } from './service/stores'
import type { SeededSource } from './source'

interface Parts {
  engine: RunEngine
  state: State<ConnectorState>
  source: SeededSource
  faults: FaultSwitch
  hooks: FaultHooks
}

/** Powers over this app: who there is, what its runs and stores hold, and the end of one run by the engine's own hand. */
export function connectorControl({ engine, state, source, faults, hooks }: Parts): FastifyInstance {
  const app = buildControl(faults, hooks)
  app.post<{ Body: { people: { name: string }[] } }>('/people', async ({ body }) => ({
    people: Object.fromEntries(body.people.map(({ name }) => [name, source.owner])),
  }))
  app.get('/logins', async () => ({ owner: source.owner, reader: source.reader, retired: source.retired }))
  app.get<{ Params: { workflowId: string } }>('/history/:workflowId', async ({ params }) => ({
    runs: [...state.now.runs.values()].filter(({ workflowId }) => workflowId === params.workflowId),
  }))
  app.get('/everything', async () => everything(state.now))
  app.get('/objects', async () => ({ keys: [...state.now.objects.keys()] }))
  app.post<{ Params: { runId: string }; Body: { status: RunStatus } }>('/runs/:runId/end', async ({ params, body }, reply) => {
    engine.end(params.runId, body.status)
    return reply.code(204).send()
  })
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({ existing: existing(state.now, query.runId) }))
  return app
}

/** All an app remembers but its secrets, so that a test can compare it whole. */
function everything({ runs, objects }: ConnectorState) {
  const documents = [...objects].map(([key, bytes]) => [key, Buffer.from(bytes).toString()])
  return { runs: Object.fromEntries(runs), objects: Object.fromEntries(documents) }
}

function existing({ runs, objects }: ConnectorState, mark: string) {
  const open = [...runs.values()].filter(({ workflowId, status }) => status === 'RUNNING' && workflowId.includes(mark))
  const documents = [...objects].filter(([key, bytes]) => key.includes(mark) && Buffer.from(bytes).toString() !== 'null')
  return [
    ...open.map(({ workflowId, runId }) => ({ kind: 'run', id: `${workflowId}/${runId}`, name: workflowId })),
    ...documents.map(([key]) => ({ kind: 'config', id: key, name: key })),
  ]
}
