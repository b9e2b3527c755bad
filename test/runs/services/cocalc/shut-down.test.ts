import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { needs } from '../../../../sandbox/kit/test/needs'
import { everything } from '../../../support/cocalc-database'
import { SuiteCopy } from '../../../support/suite-copy'

const CELLS = `
Feature: Running cells
  Scenario: In the shared project
    When Ada runs "sum(range(100))" through the hub API of the shared project
    Then the cell returns "4950"

  Scenario: In a project of the scenario
    Given Ada has created the project "Laboratory"
    And Ada has run "1 + 1" through the project API of the project "Laboratory"
    When Ada lists the running kernels of the project "Laboratory"
    Then at least one running kernel is listed
`
const START = `
Feature: Starting
  Scenario: A project
    Given Ada has created the project "Herbarium"
    When Ada starts the project "Herbarium"
    Then the project "Herbarium" is running
    And the project "Herbarium" runs commands on Linux
`
const LONG_CELL = `
Feature: Running a long cell
  Scenario: In the shared project
    When Ada runs "__import__('time').sleep(20)" through the hub API of the shared project
    Then the cell returns "None"
`

const suite = new SuiteCopy({
  'cocalc/cells.feature': CELLS,
  'cocalc/start.feature': START,
  'cocalc/long-cell.feature': LONG_CELL,
})

interface Processes {
  projects: { projectId: string; pid: number }[]
  kernels: { projectId: string; pid: number }[]
}

let cocalc: CocalcWire
const processes = async (): Promise<Processes> => (await fetch(`${cocalc.control}/processes`)).json() as Promise<Processes>

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_500; tries++) {
    if (await holds()) return
    await pause(20)
  }
  throw new Error(`It did not come about that ${what}.`)
}

/** The state of the one project of Ada's, where there is one. */
async function state(): Promise<string | undefined> {
  const [project_id] = (await cocalc.rows()).projects ?? []
  return project_id === undefined ? undefined : (await cocalc.hub('projects.state', { project_id })).state
}

async function expectNothingRuns(before: unknown): Promise<void> {
  expect(await processes()).to.deep.equal({ projects: [], starting: [], kernels: [] })
  expect(await everything(cocalc)).to.deep.equal(before)
}

describe('where stops are ignored during a transition, and kernels outlive their project', () => {
  before(async () => {
    cocalc = await bareCocalc()
  })
  after(async () => {
    await cocalc.stop()
    suite.remove()
  })
  beforeEach(() =>
    cocalc.callControl('/host', { startTakes: 300, stopTakes: 300, ignoresDuringTransition: true, kernelsOutlive: true }),
  )

  // COC-S13
  test('a green run leaves no kernel and no project running', needs('python'), async () => {
    const before = await everything(cocalc)
    const { code, stdout, stderr } = await suite.run(['features/cocalc/cells.feature'], cocalc.variables)
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.match(/2 scenarios \(2 passed\)/)
    await expectNothingRuns(before)
  })

  // COC-S13
  test('a run that is interrupted while a project starts leaves nothing running', async () => {
    const before = await everything(cocalc)
    // Longer than an interrupted run waits for calls under way.
    await cocalc.callControl('/host', { startTakes: 7_000 })
    const run = suite.start(['features/cocalc/start.feature'], cocalc.variables)
    await until('the project is starting', async () => (await state()) === 'starting')
    run.child.kill('SIGINT')
    const { code, stdout, stderr } = await run.ended
    expect(code, stdout + stderr).to.equal(130)
    await expectNothingRuns(before)
  })

  test('a run that is interrupted while a cell is computed leaves nothing running', needs('python'), async () => {
    const before = await everything(cocalc)
    const run = suite.start(['features/cocalc/long-cell.feature'], cocalc.variables)
    await until('the cell is being computed', async () => (await processes()).kernels.length > 0)
    run.child.kill('SIGINT')
    const { code, stdout, stderr } = await run.ended
    expect(code, stdout + stderr).to.equal(130)
    await expectNothingRuns(before)
  })

  // COC-S13
  test('the sweep ends what a killed run left running', needs('python'), async () => {
    const before = await everything(cocalc)
    for (const [feature, isUnderWay] of [
      ['long-cell', async () => (await processes()).kernels.length > 0],
      ['start', async () => (await state()) === 'starting'],
    ] as const) {
      const run = suite.start([`features/cocalc/${feature}.feature`], cocalc.variables)
      await until(`${feature} is under way`, isUnderWay)
      run.child.kill('SIGKILL')
      await run.ended
      const { code, stdout, stderr } = await suite.tool('sweep', [], cocalc.variables)
      expect(code, stdout + stderr).to.equal(0)
      await expectNothingRuns(before)
    }
  })

  test('a project that cannot be seen to have stopped keeps its row, by which it is found again', async () => {
    const before = await everything(cocalc)
    await cocalc.callControl('/faults', { kind: 'lost-write', on: 'hub projects.stop' })
    await cocalc.callControl('/faults', { kind: 'wrong-status', on: 'hub projects.deleteProject', status: 500 })
    await cocalc.callControl('/host', { startTakes: 0 })
    const { stdout } = await suite.run(['features/cocalc/start.feature'], cocalc.variables)
    expect(stdout).to.match(/cocalc project \S+ "Herbarium .*": POST \/api\/conat\/hub returned 500/)
    expect(stdout).to.match(/1 row made .*, 0 removed, 1 left/)
    expect((await cocalc.rows()).projects).to.have.length(1)
    await fetch(`${cocalc.control}/faults`, { method: 'DELETE' })
    const { code, stdout: swept } = await suite.tool('sweep', [], cocalc.variables)
    expect(code, swept).to.equal(0)
    await expectNothingRuns(before)
  })
})
