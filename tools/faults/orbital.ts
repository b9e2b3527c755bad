import type { FaultKind } from '../../sandbox/kit/injected-faults'
import type { FaultCase } from './case'

const FOLDER = 'features/orbital'
const NO_EVENTS = 'no event is published or consumed in this flow'
const NOTHING_READ_BACK = 'no response of this flow shows what an earlier request wrote'
const OTHER_USER = 999_999

const feature = (flow: string): string => `${FOLDER}/${flow}.feature`
const cannot = (flow: string, kind: FaultKind, why: string): FaultCase => ({ flow: feature(flow), kind, cannot: why })

/** The status of each flow's own call turns to a server's error. */
const WRONG_STATUS: readonly (readonly [string, string, RegExp])[] = [
  ['login', 'POST /auth/login', /POST \/auth\/login returned 500|phone or password/],
  ['access-tokens', 'GET /users/me', /the refusal to see who she is/],
  ['location', 'POST /courier/location', /POST \/courier\/location returned 500/],
  ['bad-reports', 'POST /courier/location', /POST \/courier\/location returned 500/],
  ['history', 'GET /courier/location/history', /GET \/courier\/location\/history\S* returned 500/],
  ['status', 'PUT /courier/status', /PUT \/courier\/status returned 500/],
  ['deliveries', 'POST /deliveries/:id/complete', /complete returned 500/],
  ['operations', 'GET /health', /GET \/health returned 500/],
]

const wrongStatus = WRONG_STATUS.map(([flow, on, blames]): FaultCase => {
  return {
    flow: feature(flow),
    kind: 'wrong-status',
    fault: { kind: 'wrong-status', on, status: 500, body: { detail: 'x' } },
    blames,
  }
})

const missingField: readonly FaultCase[] = (
  [
    ['login', 'POST /auth/login', 'access_token', /a login breaks its contract: access_token/],
    ['location', 'courier.location', 'longitude', /the event courier\.location breaks its contract: longitude/],
    ['history', 'GET /courier/location/history', 'items.*.latitude', /the history breaks its contract: items\.0\.latitude/],
    ['status', 'courier.status_changed', 'from', /the event courier\.status_changed breaks its contract: from/],
    ['deliveries', 'GET /deliveries/:id', 'assigned_at', /a delivery breaks its contract: assigned_at/],
    ['operations', 'GET /health', 'checks.mongodb', /the health breaks its contract: checks\.mongodb/],
  ] as const
).map(([flow, on, field, blames]) => ({
  flow: feature(flow),
  kind: 'missing-field' as const,
  fault: { kind: 'missing-field' as const, on, field },
  blames,
}))

const othersData: readonly FaultCase[] = (
  [
    ['login', 'GET /users/me', { id: OTHER_USER }, /the account the access token of Ada is for/],
    ['location', 'GET /courier', { user_id: OTHER_USER }, /whose position is shown to Ada/],
    ['history', 'GET /courier/location/history', { 'items.*.latitude': 0.5 }, /of the history, newest first/],
    ['status', 'courier.status_changed', { user_id: OTHER_USER }, /changes of Ada that other services received/],
    [
      'deliveries',
      'GET /deliveries/:id',
      { id: '6f1f1b1c-5b0e-4b59-9f3a-6c2f7b3f3b11' },
      /the delivery "Order 1042" as Ada sees it/,
    ],
  ] as const
).map(([flow, on, set, blames]) => ({
  flow: feature(flow),
  kind: 'others-data' as const,
  fault: { kind: 'others-data' as const, on, set },
  blames,
}))

const lostWrite: readonly FaultCase[] = (
  [
    ['location', 'POST /courier/location', /the row of Ada|documents in the history of Ada|no position is shown to Ada/],
    ['history', 'POST /courier/location', /entries of the history/],
    ['status', 'PUT /courier/status', /the status shown to Ada/],
    ['deliveries', 'delivery.assigned', /the delivery "Order 1042" in the database/],
    ['deliveries', 'POST /deliveries/:id/complete', /the delivery "Order 1042" in the database|It was not refused/],
    ['operations', 'POST /courier/location', /the cached position of Ada/],
    // A backing server loses one write, and only one.
    ['location', 'postgres', /the row of Ada|is where Ada was/],
    ['location', 'mongodb', /documents in the history of Ada/],
    ['location', 'redis', /the cached position of Ada|is where Ada was/],
    ['location', 'rabbitmq', /positions of Ada that other services received/],
    ['history', 'mongodb', /entries of the history/],
    ['status', 'postgres', /the status shown to Ada/],
    ['status', 'rabbitmq', /changes of Ada that other services received/],
    ['deliveries', 'postgres', /the delivery "Order 1042" in the database|GET \/deliveries\/\S+ returned 404/],
    ['deliveries', 'rabbitmq', /completions of Ada that other services received/],
    ['operations', 'redis', /the cached position of Ada/],
  ] as const
).map(([flow, on, blames]) => ({
  flow: feature(flow),
  kind: 'lost-write' as const,
  fault: { kind: 'lost-write' as const, on },
  blames,
}))

const staleRead: readonly FaultCase[] = (
  [
    ['location', 'GET /courier', /no position is shown to Ada|is where Ada was/],
    ['history', 'GET /courier/location/history', /entries of the history/],
    ['status', 'GET /courier', /the status shown to Ada/],
    ['deliveries', 'GET /deliveries/:id', /the delivery "Order 1042" as Ada sees it/],
  ] as const
).map(([flow, on, blames]) => ({
  flow: feature(flow),
  kind: 'stale-read' as const,
  fault: { kind: 'stale-read' as const, on },
  blames,
}))

const eventNever: readonly FaultCase[] = (
  [
    ['location', 'courier.location', /positions of Ada that other services received/],
    ['status', 'courier.status_changed', /changes of Ada that other services received/],
    ['deliveries', 'delivery.completed', /completions of Ada that other services received/],
    ['deliveries', 'delivery.assigned', /the delivery "Order 1042" in the database|is in the dead-letter queue/],
  ] as const
).map(([flow, on, blames]) => ({
  flow: feature(flow),
  kind: 'event-never' as const,
  fault: { kind: 'event-never' as const, on },
  blames,
}))

const impossible: readonly FaultCase[] = [
  cannot('access-tokens', 'missing-field', 'every response of this flow is a refusal'),
  cannot('bad-reports', 'missing-field', 'every response of this flow is a refusal'),
  cannot('access-tokens', 'others-data', 'every response of this flow is a refusal'),
  cannot('bad-reports', 'others-data', 'every response of this flow is a refusal'),
  cannot('operations', 'others-data', 'the health belongs to no user'),
  ...['login', 'access-tokens', 'bad-reports'].map((flow) => cannot(flow, 'lost-write', 'nothing is written in this flow')),
  ...['login', 'access-tokens', 'bad-reports'].map((flow) => cannot(flow, 'stale-read', 'nothing is written in this flow')),
  cannot('operations', 'stale-read', NOTHING_READ_BACK),
  ...['login', 'access-tokens', 'history', 'bad-reports', 'operations'].map((flow) => cannot(flow, 'event-never', NO_EVENTS)),
  ...(['wrong-status', 'missing-field', 'others-data', 'lost-write', 'stale-read', 'event-never'] as const).map((kind) =>
    cannot('migrations', kind, 'the backend is not asked: the suite looks at the database itself'),
  ),
]

/** Each flow, and what happens to it when the backend, or one of its servers, breaks a promise. */
export const faults: FaultCase[] = [
  ...wrongStatus,
  ...missingField,
  ...othersData,
  ...lostWrite,
  ...staleRead,
  ...eventNever,
  ...impossible,
]
