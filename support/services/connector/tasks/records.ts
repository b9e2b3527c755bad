import { expect } from '../../../assertions/chai-checks'
import { compare, gapReport } from '../comparison'
import type { Fields } from '../credentials'
import { checkFamilies } from '../families'
import { folderOf } from '../folders'
import { readBaseline, readRecords } from '../output'
import type { ConnectorScene } from '../state'
import { expectEnd } from './runs'

/** What the app counted, by the words of a feature. */
const COUNTS: Readonly<Record<string, string>> = {
  databases: 'databases_extracted',
  schemas: 'schemas_extracted',
  tables: 'tables_extracted',
  columns: 'columns_extracted',
}

export async function outputOf(scene: ConnectorScene): Promise<Fields> {
  await expectEnd(scene, 'COMPLETED')
  const { success, data } = await scene.api.result(scene.run.workflowId)
  expect([success, data.status, data.workflow_id], 'the result of a completed run').to.deep.equal([
    true,
    'completed',
    scene.run.workflowId,
  ])
  return data.result ?? {}
}

export async function expectCounts(scene: ConnectorScene, counts: Readonly<Record<string, number>>): Promise<void> {
  const output = await outputOf(scene)
  expect(output.status, 'what the run says of itself').to.equal('success')
  for (const [what, count] of Object.entries(counts)) expect(output[COUNTS[what] ?? what], `${what} found`).to.equal(count)
}

export function recordsOf(scene: ConnectorScene, run = scene.run) {
  const base = scene.world.access.setting('CONNECTOR_OUTPUT_PATH')
  if (base === undefined) throw new Error('CONNECTOR_OUTPUT_PATH is not set: the scenario needs the tag @needs:output.')
  return readRecords(base, run)
}

/** Every attribute the baseline names is as it says, and nothing is missing or too much. */
export async function expectBaseline(scene: ConnectorScene, file: string): Promise<void> {
  await outputOf(scene)
  const baseline = readBaseline(`${folderOf(scene.connector)}/${file}`, { ...scene.setup, database: scene.source.database })
  const gaps = compare(recordsOf(scene), baseline)
  expect(gaps, gapReport(gaps, file)).to.have.length(0)
}

/** No record stands alone: the parent it names is among the records, and its name begins with the parent's. */
export async function expectFamilies(scene: ConnectorScene): Promise<void> {
  await outputOf(scene)
  const faults = checkFamilies(recordsOf(scene))
  expect(faults, `records without a parent:\n${faults.join('\n')}`).to.have.length(0)
}

/** Whatever ran beside it, each run holds the records of its own schema and says its own name. */
export async function expectUnmixed(scene: ConnectorScene, name: string, schema: string): Promise<void> {
  const run = scene.runs.recall(name)
  await expectEnd(scene, 'COMPLETED', run)
  const records = recordsOf(scene, run)
  const schemas = records.flatMap(({ attributes }) => (attributes.schemaName === undefined ? [] : [attributes.schemaName]))
  expect([...new Set(schemas)], `the schemas of ${name}`).to.deep.equal([scene.schemaNamed(schema)])
  const runs = new Set(records.map(({ attributes }) => attributes.lastSyncRun))
  expect([...runs], `the run the records of ${name} name`).to.deep.equal([run.runId])
}

/** The other entrypoint collects the texts behind views. */
export async function expectQueries(scene: ConnectorScene, count: number): Promise<void> {
  const output = await outputOf(scene)
  expect(output.processes_extracted, 'queries found').to.equal(count)
  expect(output.tables_extracted, 'tables found by a run that looks for queries').to.equal(0)
}
