import type { FaultCase } from './case'

const flow = 'features/__name__/things.feature'

/** Every flow of __title__ under each of the six faults. */
export const faults: readonly FaultCase[] = [
  { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: 'GET /things/:id', status: 500 }, blames: /returned 500/ },
  { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: 'GET /things/:id', field: 'title' }, blames: /a thing breaks its contract: title/ },
  { flow, kind: 'others-data', fault: { kind: 'others-data', on: 'GET /things/:id', set: { owner: 'Cleo' } }, blames: /the thing as read/ },
  { flow, kind: 'lost-write', fault: { kind: 'lost-write', on: 'POST /things' }, blames: /returned 404 not_found/ },
  { flow, kind: 'stale-read', fault: { kind: 'stale-read', on: 'GET /things' }, blames: /thing \S+ is removed/ },
  { flow, kind: 'event-never', cannot: 'nothing is pushed in this flow: every answer is asked for' },
]
