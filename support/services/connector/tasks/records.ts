import { expect } from '../../../assertions/chai-checks'
import { compare, gapReport } from '../comparison'
import type { Fields } from '../credentials'
import { checkFamilies } from '../families'
import { folderOf } from '../folders'
import { readBaseline, readRecords } from '../output'
import type { ConnectorState } from '../state'
import { expectEnd } from './runs'

/** What the app counted, by the words of a feature. */
const COUNTS: Readonly<Record<string, string>> = {
  databases: 'databases_extracted',
  schemas: 'schemas_extracted',
  tables: 'tables_extracted',
  columns: 'columns_extracted',
}

export async function outputOf(state: ConnectorState): Promise<Fields> {
  await expectEnd(state, 'COMPLETED')
  const { success, data } = await state.api.result(state.run.workflowId)
  expect([success, data.status, data.workflow_id], 'the result of a completed run').to.deep.equal([
    true,
    'completed',
    state.run.workflowId,
  ])
  return data.result ?? {}
}

export async function expectCounts(state: ConnectorState, counts: Readonly<Record<string, number>>): Promise<void> {
  const output = await outputOf(state)
  expect(output.status, 'what the run says of itself').to.equal('success')
  for (const [what, count] of Object.entries(counts)) expect(output[COUNTS[what] ?? what], `${what} found`).to.equal(count)
}

export function recordsOf(state: ConnectorState, run = state.run) {
  const base = state.world.access.setting('CONNECTOR_OUTPUT_PATH')
  if (base === undefined) throw new Error('CONNECTOR_OUTPUT_PATH is not set: the scenario needs the tag @needs:output.')
  return readRecords(base, run)
}

/** Every attribute the baseline names is as it says, and nothing is missing or too much. */
export async function expectBaseline(state: ConnectorState, file: string): Promise<void> {
  await outputOf(state)
  const baseline = readBaseline(`${folderOf(state.connector)}/${file}`, { ...state.setup, database: state.source.database })
  const gaps = compare(recordsOf(state), baseline)
  expect(gaps, gapReport(gaps, file)).to.have.length(0)
}

/** No record stands alone: the parent it names is among the records, and its name begins with the parent's. */
export async function expectFamilies(state: ConnectorState): Promise<void> {
  await outputOf(state)
  const faults = checkFamilies(recordsOf(state))
  expect(faults, `records without a parent:\n${faults.join('\n')}`).to.have.length(0)
}

/** Whatever ran beside it, each run holds the records of its own schema and says its own name. */
export async function expectUnmixed(state: ConnectorState, name: string, schema: string): Promise<void> {
  const run = state.runs.recall(name)
  await expectEnd(state, 'COMPLETED', run)
  const records = recordsOf(state, run)
  const schemas = records.flatMap(({ attributes }) => (attributes.schemaName === undefined ? [] : [attributes.schemaName]))
  expect([...new Set(schemas)], `the schemas of ${name}`).to.deep.equal([state.schemaNamed(schema)])
  const runs = new Set(records.map(({ attributes }) => attributes.lastSyncRun))
  expect([...runs], `the run the records of ${name} name`).to.deep.equal([run.runId])
}

/** The other entrypoint collects the texts behind views. */
export async function expectQueries(state: ConnectorState, count: number): Promise<void> {
  const output = await outputOf(state)
  expect(output.processes_extracted, 'queries found').to.equal(count)
  expect(output.tables_extracted, 'tables found by a run that looks for queries').to.equal(0)
}
