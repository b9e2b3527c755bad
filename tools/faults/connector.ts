import type { FaultKind, InjectedFault } from '../../sandbox/kit/injected-faults'
import type { FaultCase } from './case'

const RUN_CLOSED = 'run.closed'
const STATUS = 'GET status/:workflowId/*'
const RESULT = 'GET result/:workflowId'
const NOTHING_WRITTEN = 'nothing is written in this flow: every call asks the source anew'
const NO_EVENTS = 'nothing comes by itself in this flow: every answer is asked for'

type Case = [fault: InjectedFault, blames: RegExp]

/** What befalls each flow; a text says why that kind cannot. */
const FLOWS: Readonly<Record<string, Partial<Record<FaultKind, Case | string>>>> = {
  login: {
    'wrong-status': [{ kind: 'wrong-status', on: 'POST auth', status: 500 }, /POST \/workflows\/v1\/auth returned 500/],
    'missing-field': [
      { kind: 'missing-field', on: 'POST auth', field: 'data.status' },
      /a login breaks its contract: data\.status/,
    ],
    'others-data': 'a login is told as a status; who it was is the handler’s own way of naming people',
  },
  preflight: {
    'wrong-status': [{ kind: 'wrong-status', on: 'POST check', status: 500 }, /POST \/workflows\/v1\/check returned 500/],
    'missing-field': [
      { kind: 'missing-field', on: 'POST check', field: 'preflight.status' },
      /the summary of a preflight breaks its contract: status/,
    ],
    'others-data': [
      { kind: 'others-data', on: 'POST check', set: { 'preflight.checks.*.message': 'failed for another database' } },
      /what databaseSchemaCheck says: expected 'failed for another database' to include 'no_such_database'/,
    ],
  },
  schemas: {
    'wrong-status': [{ kind: 'wrong-status', on: 'POST metadata', status: 500 }, /POST \/workflows\/v1\/metadata returned 500/],
    'missing-field': [
      { kind: 'missing-field', on: 'POST metadata', field: 'data.*.TABLE_SCHEMA' },
      /the list of schemas breaks its contract: data\.0\.TABLE_SCHEMA/,
    ],
    'others-data': [
      { kind: 'others-data', on: 'POST metadata', set: { 'data.*.TABLE_CATALOG': 'somebody_elses' } },
      /the database of a listed schema: expected 'somebody_elses'/,
    ],
  },
  extraction: {
    'wrong-status': [{ kind: 'wrong-status', on: RESULT, status: 500 }, /GET \/workflows\/v1\/result\/\S+ returned 500/],
    'missing-field': [{ kind: 'missing-field', on: RESULT, field: 'data.result' }, /what the run says of itself/],
    'others-data': [
      { kind: 'others-data', on: RESULT, set: { 'data.workflow_id': 'somebody-elses' } },
      /the result of a completed run: expected .*'somebody-elses'/,
    ],
    'lost-write': [{ kind: 'lost-write', on: 'POST start' }, /did not complete within .*'unknown \(GET/],
    'stale-read': [{ kind: 'stale-read', on: STATUS }, /did not complete within .*'unknown \(GET/],
    'event-never': [{ kind: 'event-never', on: RUN_CLOSED }, /did not complete within .*'RUNNING'/],
  },
  runs: {
    'wrong-status': [
      { kind: 'wrong-status', on: 'POST stop/:workflowId/*', status: 500 },
      /POST \/workflows\/v1\/stop\/\S+ returned 500/,
    ],
    'missing-field': [
      { kind: 'missing-field', on: STATUS, field: 'data.status' },
      /the status of a run breaks its contract: data\.status/,
    ],
    'others-data': [{ kind: 'others-data', on: STATUS, set: { 'data.run_id': 'somebody-elses' } }, /the run the status is of/],
    'lost-write': [{ kind: 'lost-write', on: 'POST stop/:workflowId/*' }, /did not complete within .*'RUNNING'/],
    'stale-read': [{ kind: 'stale-read', on: STATUS }, /did not complete within|the status of a run that has begun|returned 404/],
    'event-never': [{ kind: 'event-never', on: RUN_CLOSED }, /did not complete within .*'RUNNING'/],
  },
  starting: {
    'wrong-status': [{ kind: 'wrong-status', on: 'POST start', status: 503 }, /POST \/workflows\/v1\/start returned 503/],
    'missing-field': [
      { kind: 'missing-field', on: 'POST start', field: 'data.run_id' },
      /a started run breaks its contract: data\.run_id/,
    ],
    'others-data': [
      { kind: 'others-data', on: 'POST start', set: { 'data.workflow_id': 'somebody-elses' } },
      /the id the run was asked to have: expected 'somebody-elses'/,
    ],
    'lost-write': [{ kind: 'lost-write', on: 'POST dev/local-vault' }, /its status: expected 'FAILED' to equal 'COMPLETED'/],
    'stale-read': [{ kind: 'stale-read', on: RESULT }, /result\/\S+ returned 404/],
    'event-never': [{ kind: 'event-never', on: RUN_CLOSED }, /did not complete within .*'RUNNING'/],
  },
  configuration: {
    'wrong-status': [
      { kind: 'wrong-status', on: 'POST config/:configId', status: 500 },
      /POST \/workflows\/v1\/config\/\S+ returned 500/,
    ],
    'missing-field': [{ kind: 'missing-field', on: 'GET config/:configId', field: 'data.schedule' }, /what is stored as nightly/],
    'others-data': [
      { kind: 'others-data', on: 'GET config/:configId', set: { 'data.schedule': 'when somebody else likes' } },
      /what is stored as nightly/,
    ],
    'lost-write': [{ kind: 'lost-write', on: 'POST config/:configId' }, /config\/\S+ returned 404/],
    'stale-read': [{ kind: 'stale-read', on: 'GET config/:configId' }, /config\/\S+ returned 404|what is stored as nightly/],
    'event-never': NO_EVENTS,
  },
  app: {
    'wrong-status': [{ kind: 'wrong-status', on: 'GET manifest', status: 500 }, /GET \/workflows\/v1\/manifest returned 500/],
    'missing-field': [
      { kind: 'missing-field', on: 'POST file', field: 'data.key' },
      /an uploaded file breaks its contract: data\.key/,
    ],
    'others-data': [
      { kind: 'others-data', on: 'GET input-contract', set: { properties: { another_field: {} } } },
      /the fields of the input: expected \[ 'another_field' \]/,
    ],
    'lost-write': 'no call reads an uploaded file again: only a run of the app’s own could',
    'stale-read': 'what an app says of itself does not change while it runs',
    'event-never': NO_EVENTS,
  },
  answers: {
    'wrong-status': [
      { kind: 'wrong-status', on: 'POST auth', status: 200, body: { success: true, data: {} } },
      /- data\.status: expected equals\("success"\), got nothing \(the path ends at "data"/,
    ],
    'missing-field': [
      { kind: 'missing-field', on: 'POST metadata', field: 'data.*.TABLE_CATALOG' },
      /- data\.0\.TABLE_CATALOG: expected is_type\(str\), got nothing/,
    ],
    'others-data': [
      { kind: 'others-data', on: 'POST start', set: { 'data.run_id': 'somebody-elses' } },
      /- data\.run_id: expected matches\(.*got "somebody-elses"/,
    ],
    'lost-write': 'each document is looked at as it came; what follows from it is shown by the other flows',
    'stale-read': 'each document answers its own call',
  },
}

const KINDS: readonly FaultKind[] = ['wrong-status', 'missing-field', 'others-data', 'lost-write', 'stale-read', 'event-never']

export const faults: FaultCase[] = Object.entries(FLOWS).flatMap(([name, cases]) =>
  KINDS.map((kind): FaultCase => {
    const flow = `features/connector/postgres/${name}.feature`
    const told = cases[kind] ?? (kind === 'event-never' ? NO_EVENTS : NOTHING_WRITTEN)
    return typeof told === 'string' ? { flow, kind, cannot: told } : { flow, kind, fault: told[0], blames: told[1] }
  }),
)
