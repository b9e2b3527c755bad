import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Hub, Project } from '../client/client'
import type { Project as Listed } from '../contract'
import { patiently, waking } from '../patience'
import { type KnownProject, makeProject, SHARED_DESCRIPTION, SHARED_TITLE } from '../shared-project'
import type { CocalcState } from '../state'

export const SHARED = 'the shared project'

export async function create(state: CocalcState, who: string, title: string): Promise<void> {
  const wish = { title, description: `${title}, made by the acceptance suite` }
  state.projects.remember(title, await makeProject(state.world.access, await state.as(who), who, wish))
}

/** The run's shared project is made when somebody first names it. */
export async function projectNamed(state: CocalcState, name: string): Promise<KnownProject> {
  if (name !== SHARED || state.projects.has(SHARED)) return state.projects.recall(name)
  return state.projects.remember(SHARED, await state.world.access.once<KnownProject>('project'))
}

export async function insideOf(state: CocalcState, name: string, who = 'Ada'): Promise<Project> {
  await projectNamed(state, name)
  return state.project(name, who)
}

async function rowOf(hub: Hub, id: string): Promise<Listed> {
  const rows = await hub.projects.get({
    all: true,
    projectId: id,
    fields: ['project_id', 'title', 'description', 'deleted', 'users', 'state'],
  })
  expect(rows, `rows of the project ${id}`).to.have.length(1)
  return rows[0] as Listed
}

export async function expectListed(state: CocalcState, name: string): Promise<void> {
  const hub = await state.as('Ada')
  const { id, title, description } = await projectNamed(state, name)
  await eventually(async () => {
    const row = await rowOf(hub, id)
    expect(row, 'the project listed').to.include({ project_id: id, title, description })
    expect(row.deleted ?? false, `whether ${name} is deleted`).to.equal(false)
  })
}

export async function list(state: CocalcState, who: string, all: boolean): Promise<void> {
  if (all) await projectNamed(state, SHARED)
  state.listed = await (await state.as(who)).projects.get({ all })
}

export function expectDistinct(state: CocalcState): void {
  const ids = state.listed.map(({ project_id }) => project_id)
  expect(new Set(ids).size, 'different projects').to.equal(ids.length)
  for (const { id } of state.projects.all()) expect(ids, 'the projects listed').to.include(id)
}

export async function expectSharedListed(state: CocalcState): Promise<void> {
  const { id, title, description } = await projectNamed(state, SHARED)
  expect(
    state.listed.map(({ project_id }) => project_id),
    'the projects listed',
  ).to.include(id)
  expect(title, 'the title').to.match(new RegExp(`^${SHARED_TITLE} `))
  expect(description, 'the description').to.equal(SHARED_DESCRIPTION)
  await expectListed(state, SHARED)
}

export async function start(state: CocalcState, who: string, name: string): Promise<void> {
  const hub = await state.as(who)
  const { id } = await projectNamed(state, name)
  await patiently(() => hub.projects.start(id), waking(state.world.access))
}

export async function stop(state: CocalcState, who: string, name: string): Promise<void> {
  await (await state.as(who)).projects.stop(state.projects.recall(name).id)
}

export async function touch(state: CocalcState, who: string, name: string): Promise<void> {
  await (await state.as(who)).projects.touch(state.projects.recall(name).id)
}

export async function throwAway(state: CocalcState, who: string, name: string): Promise<void> {
  await stop(state, who, name)
  await (await state.as(who)).projects.delete(state.projects.recall(name).id)
}

export async function expectDeleted(state: CocalcState, name: string): Promise<void> {
  const hub = await state.as('Ada')
  const { id, title } = state.projects.recall(name)
  await eventually(async () => {
    const row = await rowOf(hub, id)
    expect(row.title, 'the title').to.equal(title)
    expect(row.deleted, `whether ${name} is deleted`).to.equal(true)
  })
}

export async function ping(state: CocalcState, who: string, name: string): Promise<void> {
  const project = await insideOf(state, name, who)
  await patiently(() => project.system.ping(), waking(state.world.access))
  state.answers++
}

export async function expectAnswering(state: CocalcState, name: string): Promise<void> {
  await ping(state, 'Ada', name)
  await expectItself(state, name)
}

/** What answers is the project that was asked. */
export async function expectItself(state: CocalcState, name: string): Promise<void> {
  const project = await insideOf(state, name)
  expect((await project.system.test()).project_id, 'the project that answers').to.equal(project.projectId)
}

export async function expectLinux(state: CocalcState, name: string): Promise<void> {
  const { stdout, exit_code } = await (await insideOf(state, name)).system.exec({ command: 'uname', args: ['-a'] })
  expect(exit_code, 'the exit code of uname').to.equal(0)
  expect(stdout, 'the system').to.include(state.world.access.isLive || process.platform === 'linux' ? 'Linux' : 'Darwin')
}

export async function lookAt(state: CocalcState, who: string, name: string): Promise<void> {
  await ping(state, who, name)
  const hub = await state.as(who)
  const { id } = await projectNamed(state, name)
  state.state = await hub.projects.state(id)
  state.status = await hub.projects.status(id)
}

const STATES = [
  'opened',
  'starting',
  'running',
  'stopping',
  'pending',
  'closed',
  'closing',
  'opening',
  'archived',
  'archiving',
  'unarchiving',
]

export function expectState(state: CocalcState): void {
  expect(STATES, 'the states a project can have').to.include(state.state?.state)
  if (!state.world.access.isLive) expect(state.state?.state, 'the state').to.equal('running')
}

/** Sites tell different things; at least one of these is always there. */
export function expectStatus(state: CocalcState): void {
  const told = ['project', 'start_ts', 'version', 'disk_MB', 'memory'].filter((name) => state.status[name] !== undefined)
  expect(told, 'what the status tells').to.not.deep.equal([])
  const since = state.status.start_ts
  if (since !== undefined) expect(Number(since), 'since when it runs').to.be.within(1, Date.now() + 60_000)
}

export async function expectRunning(state: CocalcState, name: string, isRunning: boolean): Promise<void> {
  const hub = await state.as('Ada')
  const { id } = state.projects.recall(name)
  await eventually(
    async () => expect((await hub.projects.state(id)).state === 'running', `whether ${name} runs`).to.equal(isRunning),
    { timeout: state.world.access.isLive ? 30_000 : 5_000 },
  )
}

export function expectAnswered(state: CocalcState): void {
  expect(state.answers, 'how often it answered').to.equal(1)
}
