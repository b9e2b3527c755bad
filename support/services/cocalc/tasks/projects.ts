import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Hub, Project } from '../client/client'
import { PROJECT_FIELDS } from '../client/projects'
import type { Project as ProjectRow } from '../contract'
import { projectRetry, retry } from '../retry'
import { type KnownProject, makeProject, SHARED_PROJECT } from '../shared-project'
import type { CocalcState } from '../state'
import { idOf } from './accounts'

const SHOWN_FIELDS = [...PROJECT_FIELDS, 'description']
/** States of a project in which nothing of it runs. */
const STOPPED = ['opened', 'closed', 'archived']

export async function create(state: CocalcState, who: string, title: string): Promise<void> {
  const input = { title, description: `${title}, created by the acceptance suite` }
  state.projects.remember(title, await makeProject(state.world.access, await state.as(who), who, input))
  state.isRunning.set(title, false)
}

/** The run's shared project is created when a scenario first names it. */
export async function projectNamed(state: CocalcState, name: string): Promise<KnownProject> {
  if (name !== SHARED_PROJECT || state.projects.has(name)) return state.projects.recall(name)
  return state.projects.remember(name, await state.world.access.once<KnownProject>('project'))
}

/** The project as a person sees it from within. */
export async function insideOf(state: CocalcState, name: string, who = 'Ada'): Promise<Project> {
  await projectNamed(state, name)
  return state.project(name, who)
}

export async function list(state: CocalcState, who: string, all: boolean): Promise<void> {
  if (all) await projectNamed(state, SHARED_PROJECT)
  state.listedProjects = await listedBy(await state.as(who), all)
}

function listedBy(hub: Hub, all: boolean): Promise<ProjectRow[]> {
  return hub.projects.get({ all, fields: SHOWN_FIELDS })
}

/** In the list that was requested last or, where none was, in that of all projects. */
export async function expectListed(state: CocalcState, names: readonly string[]): Promise<void> {
  const ids = (state.listedProjects ?? []).map(({ project_id }) => project_id)
  expect(new Set(ids).size, 'different projects in the list').to.equal(ids.length)
  for (const name of names) {
    const known = await projectNamed(state, name)
    if (state.listedProjects) await expectRow(state, name, known, state.listedProjects)
    else await eventually(async () => expectRow(state, name, known, await listedBy(await state.as('Ada'), true)))
  }
}

async function expectRow(state: CocalcState, name: string, known: KnownProject, rows: readonly ProjectRow[]): Promise<void> {
  const row = onlyRow(rows, known)
  expect(row.deleted ?? false, `whether ${name} is deleted`).to.equal(false)
  const users = { [await idOf(state, known.owner)]: 'owner' }
  const groups = Object.fromEntries(Object.entries(row.users ?? {}).map(([account, { group }]) => [account, group]))
  expect(groups, `who belongs to ${name}`).to.deep.equal(users)
  expectStateOf(state, name, row)
  for (const [field, what] of [
    ['created', 'created'],
    ['last_edited', 'last edited'],
  ] as const)
    state.expectDuringRun(row[field], `when ${name} was ${what}`)
}

/** A site may leave the state of a project out of the list. Other scenarios use the shared project, too. */
function expectStateOf(state: CocalcState, name: string, row: ProjectRow): void {
  const known = name === SHARED_PROJECT ? undefined : state.isRunning.get(name)
  const expected = [...(known === false ? [] : ['running']), ...(known === true ? [] : STOPPED)]
  if (row.state !== undefined || !state.world.access.isLive) expect(expected, `the state of ${name}`).to.include(row.state?.state)
}

/** The row of a project, which is there once, with its title and description. */
function onlyRow(rows: readonly ProjectRow[], { id, title, description }: KnownProject): ProjectRow {
  const same = rows.filter(({ project_id }) => project_id === id)
  expect(same, `rows of the project ${title}`).to.have.length(1)
  const row = same[0] as ProjectRow
  expect({ title: row.title, description: row.description }, 'the project listed').to.deep.equal({ title, description })
  return row
}

/** Checks a precondition of the scenario. */
export async function act(state: CocalcState, who: string, action: string, name: string): Promise<void> {
  const { projects } = await state.as(who)
  const { id } = await projectNamed(state, name)
  const call = {
    starts: () => retry(() => projects.start(id), projectRetry(state.world.access)),
    stops: () => projects.stop(id),
    touches: () => projects.touch(id),
    deletes: () => projects.delete(id),
  }[action.replace('has started', 'starts').replace('has stopped', 'stops')]
  if (!call) throw new Error(`No action "${action}" on a project.`)
  await call()
  if (/start|touch/.test(action)) state.isRunning.set(name, true)
  if (/stop/.test(action)) state.isRunning.set(name, false)
  if (action.startsWith('has ')) await expectState(state, name, action === 'has started' ? 'running' : 'stopped')
}

export async function expectDeleted(state: CocalcState, name: string): Promise<void> {
  const hub = await state.as('Ada')
  const known = state.projects.recall(name)
  await eventually(async () => {
    const row = onlyRow(await hub.projects.get({ all: true, projectId: known.id, fields: SHOWN_FIELDS }), known)
    expect(row.deleted, `whether ${name} is deleted`).to.equal(true)
  })
}

/** Live, the system is Linux; the sandbox runs commands on this machine. */
export async function expectLinux(state: CocalcState, name: string): Promise<void> {
  const { system } = await insideOf(state, name)
  const { now } = await retry(() => system.ping(), projectRetry(state.world.access))
  state.expectDuringScenario(now, `the time in the response of ${name}`)
  const { stdout, stderr, exit_code } = await system.exec({ command: 'uname', args: ['-a'] })
  expect({ stderr, exit_code }, 'errors of uname').to.deep.equal({ stderr: '', exit_code: 0 })
  expect(stdout, 'the system').to.match(state.world.access.isLive || process.platform === 'linux' ? /^Linux / : /^Darwin /)
}

export async function view(state: CocalcState, who: string, name: string): Promise<void> {
  const hub = await state.as(who)
  const { id } = await projectNamed(state, name)
  state.projectState = await hub.projects.state(id)
  state.projectStatus = await hub.projects.status(id)
}

/** Sites report different things in the status; at least one of these is always there. The start time may be that for another scenario. */
export function expectRunningSince(state: CocalcState): void {
  expect(state.projectState?.state, 'the state of the project').to.equal('running')
  const status = state.projectStatus
  const reported = ['project', 'start_ts', 'version', 'disk_MB', 'memory'].filter((name) => status[name] !== undefined)
  expect(reported, 'what the status reports').to.not.deep.equal([])
  if (status.start_ts !== undefined || !state.world.access.isLive)
    state.expectDuringRun(Number(status.start_ts), 'since when the project is running')
}

export async function expectState(state: CocalcState, name: string, expected: string): Promise<void> {
  const hub = await state.as('Ada')
  const { id } = state.projects.recall(name)
  await eventually(
    async () => {
      const { state: current } = await hub.projects.state(id)
      expect(expected === 'running' ? ['running'] : STOPPED, `the state of ${name}`).to.include(current)
    },
    { timeout: state.world.access.isLive ? 30_000 : 5_000 },
  )
}
